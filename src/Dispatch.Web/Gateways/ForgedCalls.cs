using System.Globalization;
using Dispatch.Web.Audit;

namespace Dispatch.Web.Gateways;

/// <summary>Calls in a gateway's name by somebody who is not it. Each is counted, and one line a minute is written for each gateway: a flood of them must not fill the disk.</summary>
internal sealed class ForgedCalls(IAudit audit, TimeProvider clock)
{
    /// <summary>Who did it in the audit: nobody we know.</summary>
    public const string By = "nobody";

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Since, DateTimeOffset? Written)> _gateways = new(StringComparer.Ordinal);

    public Task Note(string gateway)
    {
        int count;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var (since, written) = _gateways.GetValueOrDefault(gateway);
            count = since + 1;
            var due = written is not { } at || now - at >= Every || now < at;
            _gateways[gateway] = due ? (0, now) : (count, written);
            if (!due) return Task.CompletedTask;
        }

        return audit.Write(By, "gateway.forged", subject: gateway, detail: count.ToString(CultureInfo.InvariantCulture));
    }
}
