using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Audit;
using Dispatch.Web.Contacts;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>What the line's staff decide about one alert, each act recorded before it is done.</summary>
internal static class AlertEndpoints
{
    public static void MapAlertDecisions(this IEndpointRouteBuilder routes)
    {
        var alert = routes.MapGroup("/api/v1/alerts/{id}").RequireAuthorization(Policies.Hotline).RequireRateLimiting(RateLimits.Staff).WithTags("Hotline")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        alert.MapPost("/phone-unsafe", PhoneUnsafe).Produces<VersionBody>()
            .WithDescription("Somebody else holds her phone. It is shown what a cancelled alert shows, and nobody calls it; no machine rings the number in the alert or writes to it until that is marked anew. Cannot be taken back.");
        alert.MapPost("/notes", AddNote).Produces(StatusCodes.Status204NoContent)
            .WithDescription("For the line's staff only; sealed. The same words by the same person stand once.")
            .Refuses(Code.InvalidBody, Code.Of(Refusal.LimitsNotSaid), Code.Of(Refusal.Ended), Code.Of(Refusal.TooMany));
        alert.MapPost("/staff-additions", (string id, StaffAdditionBody body, StaffAdditionDesk desk, HttpContext http) => desk.Add(id, body, http.Staff(), http.Request)).Produces<StaffAddedBody>()
            .WithDescription("What she says to a call-taker, where she has no PIN or another phone. Additions append; safe contact replaces what is there.")
            .WithMetadata(new NeedsKey(Required: false))
            .Refuses(Code.InvalidBody, Code.InvalidKey, Code.Of(Refusal.KeyReused), Code.Of(Refusal.Ended), Code.Of(Refusal.TooMany));
        routes.MapMeetings();
        alert.MapDisclosures();
        alert.MapChildPath();
        alert.MapPost("/duress-decision", DecideDuress).RequireAuthorization(Policies.Supervisor).Produces<VersionBody>()
            .WithDescription("Whether a cancel that may have been forced ends the alert or help goes on; her device is told nothing either way.")
            .Refuses(Code.InvalidBody, Code.Of(Refusal.ReasonRequired), Code.Of(Refusal.NothingToDecide));
    }

    private static Task<IResult> PhoneUnsafe(string id, AlertDesk desk, NumberMarks marks, HttpContext http) =>
        desk.Decide(id, http.Staff(), "phone.unsafe", null, null, async (alert, me) =>
        {
            var answer = await alert.PhoneUnsafe(me);
            if (answer.Refused is null) await marks.Silence(id);
            return answer;
        });

    private static async Task<IResult> AddNote(string id, NoteBody body, AlertDesk desk, StaffNotes notes, IAudit audit, HttpContext http)
    {
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > Bounds.Note) return Problem.Of(Code.InvalidBody, "text");
        if (await desk.Read(id, http.Staff()) is not { } alert) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "note.add", id);
        return await notes.Add(alert, body.Text, http.Staff().Account) is { } why ? Problem.Of(why) : Results.NoContent();
    }

    private static Task<IResult> DecideDuress(string id, DuressDecisionBody body, AlertDesk desk, HttpContext http) =>
        DisclosureEndpoints.IsCode(body.Reason)
            ? desk.Decide(id, http.Staff(), "duress.decide", body.Reason, EnumWords.Of(body.Decision), (alert, me) => alert.DecideDuress(new DecideDuress(body.Decision, me, body.Reason)))
            : Task.FromResult<IResult>(Problem.Of(Code.InvalidBody, "reason"));
}

/// <param name="Reason">A code.</param>
public sealed record DuressDecisionBody(string? Reason = null)
{
    public required DuressChoice Decision { get; init; }
}

public sealed record NoteBody
{
    public required string Text { get; init; }
}

public sealed record VersionBody(long Version);

/// <summary>Looks whether the caller may know of the alert at all, records the act, and then asks the alert.</summary>
internal sealed class AlertDesk(IGrainFactory grains, IAudit audit)
{
    public async Task<IResult> Decide(string id, StaffMember staff, string action, string? subject, string? detail, Func<IAlertGrain, string, Task<AnswerResult>> decide)
    {
        if (await Read(id, staff) is null) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, action, id, subject, detail);
        var answer = await decide(grains.GetGrain<IAlertGrain>(id), staff.Account);
        return answer.Refused is { } why ? Problem.Of(why) : Results.Ok(new VersionBody(answer.Version));
    }

    /// <summary>Null where the caller may not read it: it then does not exist for her.</summary>
    public async Task<Alert?> Read(string id, StaffMember staff) =>
        (await grains.Readable(id, staff))?.Alert;
}
