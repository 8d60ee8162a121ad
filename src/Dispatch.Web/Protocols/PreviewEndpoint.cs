using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Responders;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.ServiceAreas;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Protocols;

/// <summary>"Who would answer here tonight?": the rules and the devices of now and the roster of that hour. A drill proves it.</summary>
internal static class PreviewEndpoint
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);

    public static void MapPreview(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/areas/{area}/preview", Show).RequireAuthorization(Policies.AreaReader).RequireRateLimiting(RateLimits.Staff).WithTags("Protocols")
            .Produces<PreviewBody>().Refuses(Code.InvalidBody, Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable)
            .WithDescription("Who would be told in a service area at an hour, when, and on what, if nobody answered. Without a need every one that the protocol knows; with a version, that document instead of the one in force.");

    private static async Task<IResult> Show(string area, string? need, DateTimeOffset? at, int? version, HttpContext http, ProtocolDesk desk, PreviewDesk preview, IGrainFactory grains, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (at < now - TimeSpan.FromMinutes(1) || at > now + Ahead) return Problem.Of(Code.InvalidBody, "at must lie ahead, within fourteen days.");
        var needs = Enum.GetValues<Need>().Where(n => need is null || EnumWords.Of(n) == need).ToArray();
        if (needs is []) return Problem.Of(Code.InvalidBody, "need");
        if (AreaEndpoints.Mine(area, http, grains) is not var (id, grain) || await grain.State() is not { } state) return Problem.Of(Code.NotFound);
        var rules = version is { } number ? (await desk.Find(number))?.Rules : await desk.Grain.Active(id);
        if (rules is null) return Problem.Of(Code.NotFound);
        if (rules.Fault() is not null) return Problem.ProtocolInvalid([.. RuleFaults.Of(rules)]);
        return Results.Ok(await preview.Of(id, grain, state.Setup, rules, need is null ? [.. needs.Where(n => rules.Needs.Any(r => r.Need == n))] : needs, at ?? now));
    }
}

internal sealed class PreviewDesk(IGrainFactory grains, AlertSender sender, People people)
{
    public async Task<PreviewBody> Of(string area, IServiceAreaGrain grain, AreaSetup setup, Rules rules, IReadOnlyCollection<Need> needs, DateTimeOffset at)
    {
        var here = await grain.People(at);
        var next = await Task.WhenAll(setup.Neighbours.Select(id => Neighbour(id, at)));
        Candidate[] everybody = [.. here, .. next.SelectMany(n => n).Select(c => c with { NextDoor = true })];
        rules = sender.Able(rules);
        var looked = needs.Select(need => Preview.Of(rules, need, setup, area, here, everybody, at)).ToArray();
        var told = looked.SelectMany(n => n.Steps).SelectMany(s => s.People).Select(p => p.Responder).Distinct().ToArray();
        var devices = (await Task.WhenAll(told.Select(async r => (r, Kinds: await Kinds(r))))).ToDictionary(d => d.r, d => d.Kinds, StringComparer.Ordinal);
        return new PreviewBody(area, at, rules.Version, setup.On, [.. await Task.WhenAll(looked.Select(n => Body(n, rules, devices)))]);
    }

    private async Task<PreviewNeedBody> Body(PreviewOfNeed need, Rules rules, Dictionary<string, ImmutableArray<ChannelKind>> devices) => new(
        need.Need, need.NeedsConsent, !need.NeedsConsent && need.Steps.All(s => s.People.IsEmpty),
        [.. await Task.WhenAll(need.Steps.Select(async s => new PreviewStepBody(s.AfterSeconds, s.Everybody, [.. await Task.WhenAll(s.People.Select(async p => new PreviewPersonBody(await people.Person(p.Responder), p.Modes, On(rules, devices[p.Responder]))))])))],
        [.. await Task.WhenAll(need.NotAsked.Select(async p => new PreviewNotAskedBody(await people.Person(p.Responder), p.Why)))]);

    private ImmutableArray<PreviewChannelBody> On(Rules rules, ImmutableArray<ChannelKind> devices) =>
    [
        .. sender.Kinds.Where(kind => kind is not ChannelKind.Live && devices.Contains(kind))
            .Select(kind => new PreviewChannelBody(kind, kind is ChannelKind.Sms ? rules.TextAfterSeconds : kind is ChannelKind.Voice ? rules.CallAfterSeconds : 0)),
    ];

    private async Task<ImmutableArray<ChannelKind>> Kinds(string responder) =>
        [.. (await grains.GetGrain<IResponderGrain>(responder).Devices()).Select(d => d.Kind).Distinct()];

    /// <summary>A neighbour that is not switched on asks nobody either.</summary>
    private async Task<ImmutableArray<Candidate>> Neighbour(string id, DateTimeOffset at)
    {
        var area = grains.GetGrain<IServiceAreaGrain>(id);
        return await area.IsOn() ? await area.People(at) : [];
    }
}
