using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Responders;
using Dispatch.Web.Audit;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Responders;

internal static class AssignmentEndpoints
{
    /// <summary>A person holds a few; ended ones stay for a day.</summary>
    private const int MaxShown = 50;

    public static void AddResponders(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReceiptDesk>();
        builder.Services.AddSingleton<AssignmentReading>();
    }

    public static void MapResponders(this IEndpointRouteBuilder routes)
    {
        routes.MapOffers();
        routes.MapCare();
        routes.MapOwnHistory();
        routes.MapGet("/api/v1/me/assignments", Assignments).ForResponders()
            .Produces<AssignmentsBody>()
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);
        routes.MapPost("/api/v1/assignments/{offerId}/progress", Report).ForResponders()
            .Produces<AssignmentBody>()
            .Refuses(
                Code.InvalidBody, Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.Of(Refusal.OfferClosed), Code.Of(Refusal.WrongProgress), Code.Of(Refusal.PairMissing), Code.Of(Refusal.EtaOutOfRange),
                Code.TooManyRequests, Code.Unavailable);
        routes.MapSafety();
    }

    private static void MapSafety(this IEndpointRouteBuilder routes)
    {
        var assignment = routes.MapGroup("/api/v1/assignments/{offerId}").ForResponders()
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        assignment.MapPost("/check-in", CheckIn).Produces<AssignmentBody>().WithDescription("On the way and well.").Refuses(Code.Of(Refusal.OfferClosed));
        assignment.MapPost("/panic", Panic).Produces<AssignmentBody>()
            .WithDescription("Rings the hotline at once, also after the alert ended. The caller cannot stop it.");
    }

    /// <summary>Which ones, the person's own actor says; what each may show now, only its alert decides.</summary>
    private static async Task<IResult> Assignments(HttpContext http, IGrainFactory grains, AssignmentReading reading)
    {
        var me = http.Staff().Account;
        var told = await grains.GetGrain<IResponderGrain>(me).Assignments();
        var mine = told.OrderByDescending(t => t.RaisedAt)
            .SelectMany(t => t.Offers.Where(o => o.Assignment is not null).Select(o => (t.AlertId, o.No, o.Assignment!.Active)))
            .OrderByDescending(a => a.Active)
            .Take(MaxShown);
        var slices = await Task.WhenAll(mine.Select(a => grains.GetGrain<IAlertGrain>(a.AlertId).Assignment(a.No, me)));
        var bodies = await Task.WhenAll(slices.OfType<AssignmentSlice>().Select(slice => reading.Read(slice, me)));
        return Results.Ok(new AssignmentsBody([.. bodies]));
    }

    private static async Task<IResult> Report(string offerId, ProgressBody body, HttpContext http, IGrainFactory grains, AssignmentReading reading, IAudit audit)
    {
        if (!OfferIds.TryRead(offerId, out var offer)) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "assignment.progress", offer.Alert, offerId, body.State.ToString());
        var answer = await grains.GetGrain<IAlertGrain>(offer.Alert).Report(new ReportProgress(offer.No, me, body.State, body.EtaMinutes));
        return await Answer(answer, me, reading);
    }

    private static async Task<IResult> CheckIn(string offerId, HttpContext http, IGrainFactory grains, AssignmentReading reading, IAudit audit)
    {
        if (!OfferIds.TryRead(offerId, out var offer)) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "assignment.checkIn", offer.Alert, offerId);
        return await Answer(await grains.GetGrain<IAlertGrain>(offer.Alert).CheckIn(offer.No, me), me, reading);
    }

    /// <summary>The call first, its record after it: a full audit must not keep somebody in danger from being heard.</summary>
    private static async Task<IResult> Panic(string offerId, HttpContext http, IGrainFactory grains, AssignmentReading reading, IAudit audit)
    {
        if (!OfferIds.TryRead(offerId, out var offer)) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        var answer = await grains.GetGrain<IAlertGrain>(offer.Alert).Panic(offer.No, me);
        await audit.Write(me, "assignment.panic", offer.Alert, offerId);
        return await Answer(answer, me, reading);
    }

    private static async Task<IResult> Answer(AnswerResult answer, string me, AssignmentReading reading) => answer switch
    {
        { Refused: { } why } => Problem.Of(why),
        { Assignment: { } slice } => Results.Ok(await reading.Read(slice, me)),
        _ => Problem.Of(Refusal.OfferClosed),
    };
}

public sealed record AssignmentsBody(ImmutableArray<AssignmentBody> Assignments);

public sealed record ProgressBody
{
    public required Progress State { get; init; }
    public int? EtaMinutes { get; init; }
}
