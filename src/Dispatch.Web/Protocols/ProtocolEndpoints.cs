using Dispatch.Domain.Protocols;
using Dispatch.Grains.Protocols;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Protocols;

/// <summary>
/// Protocols as documents: drafted, checked, put in force, retired. A coordinator writes those of her own areas; the tenant's own, which holds everywhere else,
/// takes one who answers for all of them.
/// </summary>
internal static class ProtocolEndpoints
{
    public static void MapProtocols(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/v1/protocols").RequireAuthorization(Policies.Coordinator).RequireRateLimiting(RateLimits.Staff).WithTags("Protocols")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);
        all.MapGet("", List).Produces<ProtocolListBody>();
        all.MapGet("/examples", Examples).Produces<ExampleListBody>()
            .WithDescription("Protocols to start from. They are examples: agree them with the partners of the country before one is put in force.");
        all.MapPost("", Draft).Produces<ProtocolBody>(StatusCodes.Status201Created).Refuses(Code.InvalidBody, Code.GuardMissing, Code.ProtocolBookFull);
        var one = all.MapGroup("/{version}").Refuses(Code.NotFound, Code.InvalidBody);
        one.MapGet("", Show).Produces<ProtocolBody>();
        one.MapPut("", Redraft).Produces<ProtocolBody>().Refuses(Code.InvalidBody, Code.GuardMissing, Code.ProtocolNotDraft);
        one.MapDelete("", Discard).Produces(StatusCodes.Status204NoContent).Refuses(Code.GuardMissing, Code.ProtocolNotDraft);
        one.MapPost("/activate", Activate).Produces<ProtocolBody>().Refuses(Code.GuardMissing, Code.ProtocolNotDraft, Code.ProtocolInvalid);
        one.MapPost("/retire", Retire).Produces<ProtocolBody>().Refuses(Code.GuardMissing, Code.ProtocolNeeded);
    }

    private static async Task<IResult> List(ProtocolDesk desk) =>
        Results.Ok(new ProtocolListBody([.. (await desk.Grain.Documents()).OrderByDescending(d => d.Version).Select(d => new ProtocolItem(d.Version, d.Area, d.State, d.Note, d.DraftedAt, d.ActivatedAt, d.RetiredAt))]));

    private static IResult Examples() => Results.Ok(new ExampleListBody(ExampleProtocols.All));

    private static async Task<IResult> Show(int version, ProtocolDesk desk) =>
        await desk.Find(version) is { } document ? Results.Ok(await desk.Body(document)) : Problem.Of(Code.NotFound);

    private static async Task<IResult> Draft(DraftBody body, HttpContext http, ProtocolDesk desk, Tenant tenant)
    {
        if (body.Note?.Length > Bounds.Note) return Problem.Of(Code.InvalidBody, "note");
        if (body.Area is { } area && !tenant.HasArea(area)) return Problem.Of(Code.InvalidBody, "area");
        if (!desk.MayWrite(http.Staff(), body.Area)) return Problem.Of(Code.NotAllowed);
        var by = http.Staff().Account;
        return await desk.Do(by, "protocol.draft", body.Area ?? tenant.Id, g => g.Draft(body.Area, body.Rules, body.Note, by), created: true);
    }

    private static async Task<IResult> Redraft(int version, RedraftBody body, HttpContext http, ProtocolDesk desk)
    {
        if (body.Note?.Length > Bounds.Note) return Problem.Of(Code.InvalidBody, "note");
        var by = http.Staff().Account;
        return await desk.OfMine(http.Staff(), version) ?? await desk.Do(by, "protocol.redraft", Subject(version), g => g.Redraft(version, body.Rules, body.Note, by));
    }

    private static async Task<IResult> Discard(int version, HttpContext http, ProtocolDesk desk) =>
        await desk.OfMine(http.Staff(), version) ?? await desk.Do(http.Staff().Account, "protocol.discard", Subject(version), g => g.Discard(version), gone: true);

    private static async Task<IResult> Activate(int version, HttpContext http, ProtocolDesk desk)
    {
        var by = http.Staff().Account;
        return await desk.OfMine(http.Staff(), version) ?? await desk.Do(by, "protocol.activate", Subject(version), g => g.Activate(version, by));
    }

    private static async Task<IResult> Retire(int version, HttpContext http, ProtocolDesk desk) =>
        await desk.OfMine(http.Staff(), version) ?? await desk.Do(http.Staff().Account, "protocol.retire", Subject(version), g => g.Retire(version));

    private static string Subject(int version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The tenant's book, with what the endpoints share.</summary>
internal sealed class ProtocolDesk(IGrainFactory grains, Tenant tenant, People people, IAudit audit)
{
    public IProtocolGrain Grain => grains.GetGrain<IProtocolGrain>(tenant.Id);

    public async Task<ProtocolDocument?> Find(int version) => (await Grain.Documents()).FirstOrDefault(d => d.Version == version);

    public bool MayWrite(StaffMember who, string? area) => area is null ? tenant.AreaIds.All(who.Profile.Areas.Contains) : who.Profile.Areas.Contains(area);

    /// <summary>Null when the document is hers to change; otherwise the refusal.</summary>
    public async Task<IResult?> OfMine(StaffMember who, int version) =>
        await Find(version) is not { } document ? Problem.Of(Code.NotFound) : MayWrite(who, document.Area) ? null : Problem.Of(Code.NotAllowed);

    public async Task<IResult> Do(string by, string act, string subject, Func<IProtocolGrain, Task<ProtocolResult>> what, bool created = false, bool gone = false)
    {
        await audit.Write(by, act, subject: subject);
        var result = await what(Grain);
        if (result.Refused is { } refused) return await Refusal(refused, subject);
        if (gone) return Results.NoContent();
        var body = await Body(result.Document!);
        return created ? Results.Created($"/api/v1/protocols/{body.Version}", body) : Results.Ok(body);
    }

    public async Task<ProtocolBody> Body(ProtocolDocument d) => new(
        d.Version, d.Area, d.State, d.Note, await people.Person(d.DraftedBy), d.DraftedAt, await people.PersonOrNull(d.ActivatedBy), d.ActivatedAt, d.RetiredAt, d.Rules, [.. RuleFaults.Of(d.Rules)]);

    private async Task<IResult> Refusal(ProtocolRefusal why, string subject) => why switch
    {
        ProtocolRefusal.NotFound => Problem.Of(Code.NotFound),
        ProtocolRefusal.NotADraft => Problem.Of(Code.ProtocolNotDraft),
        ProtocolRefusal.StillNeeded => Problem.Of(Code.ProtocolNeeded),
        ProtocolRefusal.BookFull => Problem.Of(Code.ProtocolBookFull),
        ProtocolRefusal.Invalid => Problem.ProtocolInvalid(await Find(int.Parse(subject, System.Globalization.CultureInfo.InvariantCulture)) is { } d ? [.. RuleFaults.Of(d.Rules)] : []),
        _ => throw new System.Diagnostics.UnreachableException($"protocol {why}"),
    };
}
