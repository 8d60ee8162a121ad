using Dispatch.Domain;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Hotline;

/// <summary>What is recorded about a child's alert.</summary>
internal static class ChildEndpoints
{
    public static void MapChildPath(this RouteGroupBuilder alert)
    {
        alert.MapPost("/limits-said", SayLimits).Produces<VersionBody>()
            .WithDescription("The child was told where confidence ends; before that no note of staff is taken.")
            .Refuses(Code.InvalidBody, Code.Of(Refusal.NotAllowedHere), Code.Of(Refusal.Ended));
        alert.MapPost("/guardians", Guardians).Produces<VersionBody>()
            .WithDescription("Whether a child's guardians may be told; without a decision they must not.")
            .Refuses(Code.InvalidBody, Code.Of(Refusal.NotAllowedHere), Code.Of(Refusal.ReasonRequired), Code.Of(Refusal.Ended));
    }

    private static Task<IResult> SayLimits(string id, LimitsBody body, AlertDesk desk, HttpContext http) =>
        string.IsNullOrWhiteSpace(body.WordingVersion) || body.WordingVersion.Length > Bounds.Wording
            ? Task.FromResult<IResult>(Problem.Of(Code.InvalidBody, "wordingVersion"))
            : desk.Decide(id, http.Staff(), "limits.said", body.WordingVersion, null, (alert, me) => alert.SayLimits(me, body.WordingVersion));

    private static Task<IResult> Guardians(string id, GuardiansBody body, AlertDesk desk, HttpContext http) =>
        DisclosureEndpoints.IsCode(body.Reason)
            ? desk.Decide(id, http.Staff(), "guardians.decide", body.Reason, body.MayBeTold ? "mayBeTold" : "mustNotBeTold", (alert, me) => alert.DecideGuardians(new DecideGuardians(body.MayBeTold, me, body.Reason)))
            : Task.FromResult<IResult>(Problem.Of(Code.InvalidBody, "reason"));
}

public sealed record LimitsBody
{
    public required string WordingVersion { get; init; }
}

/// <param name="Reason">A code.</param>
public sealed record GuardiansBody(string? Reason = null)
{
    public required bool MayBeTold { get; init; }
}
