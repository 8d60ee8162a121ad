namespace Dispatch.Domain.Alerts;

/// <summary>Bookkeeping that changes no decision and makes no new version.</summary>
public static class Acknowledging
{
    /// <summary>Somebody owed a state has it as of <paramref name="version"/>; a newer debt stays.</summary>
    public static Alert Told(Alert alert, string to, long version)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert with { Outbox = [.. alert.Outbox.Where(p => p.To != to || p.Version > version)] };
    }

    /// <summary>History up to and including these lines is in its own rows.</summary>
    public static Alert Written(Alert alert, IReadOnlySet<string> historyIds)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert with { Trail = [.. alert.Trail.Where(e => !historyIds.Contains(e.Id))] };
    }
}
