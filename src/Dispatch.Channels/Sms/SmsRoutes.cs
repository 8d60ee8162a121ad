using System.Collections.Immutable;
using Dispatch.Channels.Health;
using Dispatch.Domain.Numbers;

namespace Dispatch.Channels.Sms;

/// <summary>For each country its gateways in order. When one does not take a text, the next one is asked now.</summary>
public sealed class SmsRoutes(IReadOnlyDictionary<string, ImmutableArray<GuardedGateway>> byCountry, TimeProvider clock) : IChannelHealth
{
    /// <summary>Less than an attempt may take in all, so that we know what became of it. Each gateway gets its share of what is left: one that hangs leaves time for the next.</summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(2.5);

    public ImmutableArray<WayHealth> Ways => [.. byCountry.Values.SelectMany(route => route).Distinct().Select(g => g.Health).OrderBy(h => h.Name, StringComparer.Ordinal)];

    public bool Serves(PhoneNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return byCountry.ContainsKey(number.Country);
    }

    public async Task<Routed> Send(SmsMessage sms, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(sms);
        if (!byCountry.TryGetValue(sms.To.Country, out var route)) return new Routed(new SmsOutcome.Refused("noRoute"));
        var outcomes = new List<SmsOutcome>(route.Length);
        var until = clock.GetUtcNow() + SendWithin;
        for (var i = 0; i < route.Length && !deadline.IsCancellationRequested; i++)
        {
            var outcome = await route[i].Send(sms, (until - clock.GetUtcNow()) / (route.Length - i), deadline);
            if (outcome is SmsOutcome.Accepted) return new Routed(outcome, route[i].Name);
            outcomes.Add(outcome);
        }

        return new Routed(Conclude(outcomes));
    }

    /// <summary>One that may work later is worth a wait. A number is wrong only where nobody says otherwise: a gateway may be behind a country's change of numbers.</summary>
    private static SmsOutcome Conclude(List<SmsOutcome> outcomes) =>
        outcomes.OfType<SmsOutcome.Later>().MinBy(l => l.RetryAfter)
        ?? outcomes.OfType<SmsOutcome.Refused>().FirstOrDefault()
        ?? outcomes.FirstOrDefault()
        ?? new SmsOutcome.Later(TimeSpan.FromSeconds(1), "timeout");
}

/// <param name="Gateway">Which one has it, where one has.</param>
public sealed record Routed(SmsOutcome Outcome, string? Gateway = null);
