using System.Collections.Immutable;
using Dispatch.Channels.Health;
using Dispatch.Domain.Numbers;

namespace Dispatch.Channels.Gateways;

/// <summary>For each country its gateways in order. When one does not take something, the next one is asked now.</summary>
public sealed class GatewayRoutes<TMessage>(IReadOnlyDictionary<string, ImmutableArray<GuardedGateway<TMessage>>> byCountry, TimeProvider clock) : IChannelHealth
    where TMessage : IGatewayMessage
{
    public ImmutableArray<WayHealth> Ways => [.. byCountry.Values.SelectMany(route => route).Distinct().Select(g => g.Health).OrderBy(h => h.Name, StringComparer.Ordinal)];

    public bool Serves(PhoneNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return byCountry.ContainsKey(number.Country);
    }

    public async Task<Routed> Send(TMessage message, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!byCountry.TryGetValue(message.To.Country, out var route)) return new Routed(new GatewayOutcome.Refused("noRoute"));
        var outcomes = new List<GatewayOutcome>(route.Length);
        var until = clock.GetUtcNow() + GatewayLimits.SendWithin;
        for (var i = 0; i < route.Length && !deadline.IsCancellationRequested; i++)
        {
            var outcome = await route[i].Send(message, (until - clock.GetUtcNow()) / (route.Length - i), deadline);
            if (outcome is GatewayOutcome.Accepted) return new Routed(outcome, route[i].Name);
            outcomes.Add(outcome);
        }

        return new Routed(Conclude(outcomes));
    }

    /// <summary>One that may work later is worth a wait. A number is wrong only where nobody says otherwise: a gateway may be behind a country's change of numbers.</summary>
    private static GatewayOutcome Conclude(List<GatewayOutcome> outcomes) =>
        outcomes.OfType<GatewayOutcome.Later>().MinBy(l => l.RetryAfter)
        ?? outcomes.OfType<GatewayOutcome.Refused>().FirstOrDefault()
        ?? outcomes.FirstOrDefault()
        ?? new GatewayOutcome.Later(TimeSpan.FromSeconds(1), "timeout");
}

/// <param name="Gateway">Which one has it, where one has.</param>
public sealed record Routed(GatewayOutcome Outcome, string? Gateway = null);
