using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Responders;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Responders;

internal static class OfferEndpoints
{
    public static void MapOffers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/me/offers", Offers).ForResponders()
            .Produces<OffersBody>()
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);
        var offer = routes.MapGroup("/api/v1/offers/{offerId}").ForResponders()
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        offer.MapPost("/receipt", Receipt)
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(Code.Busy);
        offer.MapPost("/accept", Accept)
            .Produces<AssignmentBody>()
            .Refuses(Code.Of(Refusal.AlreadyFilled), Code.Of(Refusal.OfferClosed), Code.Of(Refusal.ModeNotOffered), Code.Of(Refusal.EtaOutOfRange));
        offer.MapPost("/decline", Decline)
            .Produces<DeclinedBody>()
            .Refuses(Code.Of(Refusal.WrongProgress));
    }

    internal static TBuilder ForResponders<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(Policies.Responder).RequireRateLimiting(RateLimits.Staff).WithTags("Responder");

    private static async Task<IResult> Offers(HttpContext http, IGrainFactory grains) =>
        Results.Ok(new OffersBody(await grains.GetGrain<IResponderGrain>(http.Staff().Account).Offers()));

    private static async Task<IResult> Receipt(string offerId, ReceiptBody body, HttpContext http, ReceiptDesk desk, TimeProvider clock)
    {
        if (!OfferIds.TryRead(offerId, out var offer)) return Problem.Of(Code.NotFound);
        await desk.Record(offer.Alert, new Receipt(offer.No, http.Staff().Account, (ChannelKind)(int)body.Channel, body.State, clock.GetUtcNow()));
        return Results.NoContent();
    }

    private static async Task<IResult> Accept(string offerId, AcceptBody? body, HttpContext http, IGrainFactory grains, AssignmentReading reading, IAudit audit)
    {
        if (!OfferIds.TryRead(offerId, out var offer)) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "offer.accept", offer.Alert, offerId);
        var answer = await grains.GetGrain<IAlertGrain>(offer.Alert).Accept(new AcceptOffer(offer.No, me, body?.Mode, body?.EtaMinutes));
        return answer switch
        {
            { Refused: { } why } => Problem.Of(why),
            { Assignment: { } slice } => Results.Ok(await reading.Read(slice, me)),
            _ => Problem.Of(Refusal.OfferClosed),
        };
    }

    private static async Task<IResult> Decline(string offerId, DeclineBody body, HttpContext http, IGrainFactory grains, IAudit audit)
    {
        if (!OfferIds.TryRead(offerId, out var offer)) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "offer.decline", offer.Alert, offerId);
        var answer = await grains.GetGrain<IAlertGrain>(offer.Alert).Decline(new DeclineOffer(offer.No, me, body.Reason));
        return answer.Refused is { } why ? Problem.Of(why) : Results.Ok(new DeclinedBody(offerId, OfferProgress.Declined));
    }
}

public sealed record OffersBody(ImmutableArray<OfferSummary> Offers);

public sealed record ReceiptBody
{
    public required ReceiptState State { get; init; }

    /// <summary>What brought it: an open page unless it says otherwise.</summary>
    public ReceiptChannel Channel { get; init; } = ReceiptChannel.Live;
}

public enum ReceiptChannel { Live = ChannelKind.Live, WebPush = ChannelKind.WebPush, Fcm = ChannelKind.Fcm }

public sealed record AcceptBody(int? EtaMinutes = null, Mode? Mode = null);

public sealed record DeclineBody
{
    public required DeclineReason Reason { get; init; }
}

public sealed record DeclinedBody(string OfferId, OfferProgress State);
