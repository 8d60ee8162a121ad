using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>Every open alert of a line on one screen: how many were told, saw it and said yes, and who has it.</summary>
internal static class OverviewEndpoint
{
    private const int Page = 50;

    public static void MapOverview(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/hotline/{line}/alerts", List).RequireAuthorization(Policies.Supervisor).RequireRateLimiting(RateLimits.Staff).WithTags("Hotline")
            .WithDescription("Open alerts of the line, the oldest first, fifty a page.")
            .Produces<OverviewBody>()
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);

    private static async Task<IResult> List(string line, string? after, HttpContext http, IGrainFactory grains, People people, Tenant tenant, IAudit audit)
    {
        var staff = http.Staff();
        if (!staff.MayUse(line)) return Problem.Of(Code.NotFound);
        if (after?.Length > Bounds.IdMax + 20) return Problem.Of(Code.InvalidBody, "after");
        await audit.Write(staff.Account, "line.alerts", subject: line);
        var view = await grains.GetGrain<IHotlineGrain>(line).Queue(new Reader(staff.Account, staff.Profile.Organisation));
        // What rang or wrote has a time of its own, and its alert is in the list by itself.
        var open = view.Items.Where(i => i.ContactId is null).Select(i => (AlertId: i.AlertId!, i.RaisedAt)).Concat(view.Open.Select(o => (o.AlertId, o.RaisedAt))).Distinct().OrderBy(Key, StringComparer.Ordinal);
        var page = open.Where(o => string.CompareOrdinal(Key(o), after) > 0).Take(Page + 1).ToArray();
        var views = await Task.WhenAll(page.Take(Page).Select(async o => (Place: o, View: await grains.Readable(o.AlertId, staff))));
        // Ended meanwhile, with something left in the queue: that is there to be read.
        var shown = views.Where(v => v.View is { Alert.Stage: Stage.Open }).Select(v => Read(v.View!, people, tenant));
        return Results.Ok(new OverviewBody([.. await Task.WhenAll(shown)], page.Length > Page ? Key(views[^1].Place) : null));
    }

    private static string Key((string AlertId, DateTimeOffset RaisedAt) alert) => $"{alert.RaisedAt.UtcTicks:D19}.{alert.AlertId}";

    private static async Task<OverviewItem> Read(HotlineView view, People people, Tenant tenant)
    {
        var alert = view.Alert;
        int Persons(Func<Delivery, bool> which) => view.Deliveries.Where(which).Select(d => alert.Offers[d.Offer].Responder).Distinct().Count();
        return new OverviewItem(
            alert.Id, alert.RaisedAt, new AreaBody(alert.Area, tenant.AreaName(alert.Area)), alert.Exercise, await people.PersonOrNull(alert.Taken?.By),
            [.. alert.Needs.Select(n => new OverviewNeed(n.Need, (SurvivorNeedState)(int)n.Stage, n.Steps.Length))],
            alert.Offers.Select(o => o.Responder).Distinct().Count(), Persons(d => d.DeliveredAt is not null), Persons(d => d.SeenAt is not null),
            alert.Offers.Where(o => o.Counts).Select(o => o.Responder).Distinct().Count(), alert.Version);
    }
}

/// <param name="Next">Where the next page goes on; absent on the last one.</param>
public sealed record OverviewBody(ImmutableArray<OverviewItem> Items, string? Next);

/// <param name="Asked">How many people were asked.</param>
/// <param name="Told">On how many phones it arrived.</param>
/// <param name="Seen">How many looked at it.</param>
/// <param name="Accepted">How many are counted on.</param>
public sealed record OverviewItem(
    string AlertId, DateTimeOffset RaisedAt, AreaBody Area, bool Exercise, PersonBody? TakenBy, ImmutableArray<OverviewNeed> Needs, int Asked, int Told, int Seen, int Accepted, long Version);

/// <param name="Steps">How many steps were entered.</param>
public sealed record OverviewNeed(Need Need, SurvivorNeedState State, int Steps);
