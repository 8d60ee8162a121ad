using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Rows;
using Dispatch.Web.Problems;
using Dispatch.Web.ServiceAreas;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Coordination;

/// <summary>Who was asked in this week and showed no sign: a wrong number, a phone that is off, a person who left. Found before the night in which she is needed.</summary>
internal static class UnreachedEndpoint
{
    /// <summary>The newest ones: a week with more is a week in which nothing works, and the first page says so.</summary>
    private const int AtMost = 500;

    public static void MapUnreached(this IEndpointRouteBuilder area) =>
        area.MapGet("/unreached", Show).RequireAuthorization(Policies.AreaReader).Produces<UnreachedBody>()
            .WithDescription("People who were asked by alerts of this area in the last seven days, for half a minute or longer, and of whose phones none showed a sign. No alert can be told from it.");

    private static async Task<IResult> Show(string area, HttpContext http, IGrainFactory grains, IRows rows, People people, TimeProvider clock)
    {
        var until = clock.GetUtcNow();
        var from = until - Unreached.KeptFor;
        if (AreaEndpoints.Mine(area, http, grains) is not var (id, grain) || await grain.State() is null) return Problem.Of(Code.NotFound);
        var newest = await rows.List<Unreached>(Tables.Unreached, id, null, AtMost);
        var week = newest.Select(r => r.Value).Where(u => u.AskedAt > from).ToArray();
        var items = await Task.WhenAll(week.GroupBy(u => u.Responder, StringComparer.Ordinal).Select(async g => new UnreachedItem(
            await people.Person(g.Key), g.Count(u => !u.Exercise), g.Count(u => u.Exercise), g.Max(u => u.AskedAt), [.. g.SelectMany(u => u.On).Distinct().Order()])));
        return Results.Ok(new UnreachedBody(id, from, until, [.. items.OrderByDescending(i => i.Times).ThenByDescending(i => i.Exercises).ThenBy(i => i.Person.DisplayName, StringComparer.Ordinal)]));
    }
}

public sealed record UnreachedBody(string Area, DateTimeOffset From, DateTimeOffset Until, ImmutableArray<UnreachedItem> Items);

/// <param name="Times">How often, drills left out.</param>
/// <param name="Exercises">How often in drills.</param>
/// <param name="On">What was sent to her in vain; empty when there was nothing to send on.</param>
public sealed record UnreachedItem(PersonBody Person, int Times, int Exercises, DateTimeOffset LastAskedAt, ImmutableArray<ChannelKind> On);
