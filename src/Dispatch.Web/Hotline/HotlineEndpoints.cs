using System.Text.Json.Serialization;
using Dispatch.Domain;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Web.Audit;
using Dispatch.Web.Contacts;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Hotline;

internal static class HotlineEndpoints
{
    public static void AddHotline(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ItemReading>();
        builder.Services.AddSingleton<Colleagues>();
        builder.Services.AddSingleton<AdviceRows>();
        builder.Services.AddSingleton<MeetingPlaces>();
        builder.Services.AddSingleton<AlertReading>();
        builder.Services.AddSingleton<AlertDesk>();
        builder.Services.AddSingleton<StaffNotes>();
        builder.Services.AddSingleton<StaffAdditionDesk>();
        builder.Services.AddSingleton<CallJoining>();
        builder.Services.AddSingleton<Nudges>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Nudges>());
    }

    public static void MapHotline(this IEndpointRouteBuilder routes)
    {
        var hotline = routes.MapGroup("/api/v1/hotline").RequireAuthorization(Policies.Hotline).RequireRateLimiting(RateLimits.Staff).WithTags("Hotline")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        routes.MapNotAsked();
        routes.MapNextAsked();
        routes.MapWidening();
        routes.MapOverview();
        hotline.MapTransfers();
        hotline.MapPlaces();
        hotline.MapAdvice();
        hotline.MapGet("/{line}/queue", Queue).Produces<QueueBody>();
        hotline.MapPost("/items/{itemId}/take", Take).Produces<ItemBody>()
            .Refuses(Code.GuardMissing, Code.Of(Refusal.TakenByOther), Code.Of(Refusal.ItemClosed));
        hotline.MapPost("/items/{itemId}/close", Close).Produces<ItemBody>()
            .Refuses(Code.InvalidBody, Code.GuardMissing, Code.Of(Refusal.NotYours), Code.Of(Refusal.ItemClosed), Code.Of(Refusal.TooMany), Code.Of(Refusal.LimitsNotSaid), Code.Of(Refusal.DuressUndecided));
        hotline.MapPost("/items/{itemId}/hand-back", HandBack).Produces<ItemBody>()
            .WithDescription("The item rings again, as a new one.")
            .Refuses(Code.GuardMissing, Code.Of(Refusal.NotYours), Code.Of(Refusal.ItemClosed));
        hotline.MapPost("/{line}/calls", CallsEndpoint.Call).Produces<CallBody>(StatusCodes.Status201Created).Produces<CallBody>()
            .WithDescription(CallsEndpoint.Description)
            .Accepts<RaiseBody>("application/json")
            .WithMetadata(new NeedsKey())
            .Refuses(Code.InvalidBody, Code.InvalidKey, Code.GuardMissing, Code.Of(Refusal.IdTaken), Code.Of(Refusal.KeyReused), Code.Of(Refusal.ExerciseOutsideWindow), Code.Of(Refusal.LimitsNotSaid), Code.Of(Refusal.TooMany));
    }

    private static async Task<IResult> Queue(string line, HttpContext http, IGrainFactory grains, ItemReading items)
    {
        var staff = http.Staff();
        if (!staff.MayUse(line)) return Problem.Of(Code.NotFound);
        var view = await grains.GetGrain<IHotlineGrain>(line).Queue(new Reader(staff.Account, staff.Profile.Organisation));
        var (waiting, open) = (Task.WhenAll(view.Items.Select(items.Read)), Task.WhenAll(view.Open.Select(items.Read)));
        return Results.Ok(new QueueBody(line, view.Now, view.Version, [.. await waiting], [.. await open]));
    }

    private static async Task<IResult> Take(string itemId, HttpContext http, IGrainFactory grains, ItemReading items, People people, Nudges nudges, ContactItems contacts, IAudit audit)
    {
        if (ContactItems.Owns(itemId)) return await contacts.Take(itemId, http.Staff());
        if (await AlertOf(itemId, http.Staff(), grains) is not { } alert) return Problem.Of(Code.NotFound);
        if (!MayDecide(http.Staff(), alert, itemId)) return Problem.Of(Code.NotAllowed);
        var me = http.Staff().Account;
        await audit.Write(me, "item.take", alert.Id, itemId);
        return await Answer(alert, await grains.GetGrain<IHotlineGrain>(alert.Line).Take(itemId, me), items, people, nudges);
    }

    private static async Task<IResult> Close(
        string itemId, CloseBody body, HttpContext http, IGrainFactory grains, ItemReading items, People people, Nudges nudges, StaffNotes notes, ContactItems contacts, IAudit audit)
    {
        if (body.Note?.Length > Bounds.Note) return Problem.Of(Code.InvalidBody, "note");
        if (ContactItems.Owns(itemId)) return await contacts.Close(itemId, body, http.Staff());
        if (body.Outcome is CloseOutcome.Advice) return Problem.Of(Code.InvalidBody, "outcome");
        if (await AlertOf(itemId, http.Staff(), grains) is not { } alert) return Problem.Of(Code.NotFound);
        if (!MayDecide(http.Staff(), alert, itemId)) return Problem.Of(Code.NotAllowed);
        if (DecidingDuress.Awaits(alert, itemId)) return Problem.Of(Refusal.DuressUndecided);
        var me = http.Staff().Account;
        await audit.Write(me, "item.close", alert.Id, itemId, body.Outcome.ToString());
        // Only who has the item writes about it: a close that is refused must leave nothing behind.
        if (!string.IsNullOrWhiteSpace(body.Note) && await Has(itemId, me, alert, grains)
            && await notes.Add(alert, body.Note, me) is (Refusal.TooMany or Refusal.LimitsNotSaid) and var why) return Problem.Of(why);
        return await Answer(alert, await grains.GetGrain<IHotlineGrain>(alert.Line).Close(itemId, me, (EndedHow)(int)body.Outcome), items, people, nudges);
    }

    private static async Task<IResult> HandBack(string itemId, HttpContext http, IGrainFactory grains, ItemReading items, People people, Nudges nudges, ContactItems contacts, IAudit audit)
    {
        if (ContactItems.Owns(itemId)) return await contacts.HandBack(itemId, http.Staff());
        if (await AlertOf(itemId, http.Staff(), grains) is not { } alert) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "item.handBack", alert.Id, itemId);
        return await Answer(alert, await grains.GetGrain<IHotlineGrain>(alert.Line).HandBack(itemId, me), items, people, nudges);
    }

    internal static async Task<IResult> Answer(Alert alert, ClaimResult result, ItemReading items, People people, Nudges nudges)
    {
        nudges.Wake(alert.Id);
        if (result.Refused is { } why) return Problem.Of(Code.Of(why), takenBy: await people.PersonOrNull(result.Claim?.By));
        return Results.Ok(result.Item is { } item ? await items.Read(item) : await items.Read(alert, result.Claim!));
    }

    private static async Task<bool> Has(string itemId, string me, Alert alert, IGrainFactory grains) =>
        (await grains.GetGrain<IHotlineGrain>(alert.Line).Claims([itemId])).Any(c => c.State is ClaimState.Taken && c.By == me);

    /// <summary>
    /// Under duress only a supervisor has the items of the alert itself, and closes one once it is decided. For everybody else it goes on ringing.
    /// </summary>
    internal static bool MayDecide(StaffMember staff, Alert alert, string itemId) =>
        staff.Profile.Roles.Contains(Role.Supervisor) || !ForSupervisors(alert, itemId);

    internal static bool ForSupervisors(Alert alert, string itemId) =>
        alert.Alarms.All(a => a.Ring.ItemId != itemId)
        && (alert.StandingOff || alert.Ring?.Reason is RingReason.Duress || (alert.DuressDecided is null && itemId.StartsWith(Ringing.ItemId(alert.Id, RingReason.Duress, 1), StringComparison.Ordinal)));

    /// <summary>Item ids carry their alert, and the alert names its line. Null where the caller may not read it: it then does not exist for her.</summary>
    internal static async Task<Alert?> AlertOf(string itemId, StaffMember staff, IGrainFactory grains) =>
        Ringing.AlertOf(itemId) is { } id ? (await grains.Readable(id, staff))?.Alert : null;
}

public sealed record CloseBody
{
    public required CloseOutcome Outcome { get; init; }
    public string? Note { get; init; }
}

/// <summary>The domain's endings by the words of the contract.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CloseOutcome>))]
public enum CloseOutcome
{
    [JsonStringEnumMemberName("resolved")] Resolved = EndedHow.Resolved,
    [JsonStringEnumMemberName("referred")] Referred = EndedHow.Referred,
    [JsonStringEnumMemberName("duplicate")] Duplicate = EndedHow.Duplicate,
    [JsonStringEnumMemberName("false")] FalseAlarm = EndedHow.FalseAlarm,
    [JsonStringEnumMemberName("other")] Other = EndedHow.Other,

    /// <summary>She was heard and told what she asked. Only of what rang or wrote; an alert is never only advice.</summary>
    [JsonStringEnumMemberName("advice")] Advice = EndedHow.Advice,
}
