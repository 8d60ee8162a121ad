namespace Dispatch.Domain.Alerts;

/// <summary>Bookkeeping that changes no decision and makes no new version.</summary>
public static class Acknowledging
{
    /// <summary>Somebody owed a state has it as of <paramref name="version"/>; a newer debt stays.</summary>
    public static Alert Told(Alert alert, string to, long version) => Told(alert, new Dictionary<string, long> { [to] = version });

    /// <summary>The same for many at once, each by the newest version they have.</summary>
    public static Alert Told(Alert alert, IReadOnlyDictionary<string, long> versions)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(versions);
        return alert with { Outbox = [.. alert.Outbox.Where(p => !Has(p, versions))] };
    }

    /// <summary>Whether this debt is among what was told.</summary>
    public static bool Has(Pending pending, IReadOnlyDictionary<string, long> versions)
    {
        ArgumentNullException.ThrowIfNull(pending);
        ArgumentNullException.ThrowIfNull(versions);
        return versions.TryGetValue(pending.To, out var version) && version >= pending.Version;
    }

    /// <summary>History up to and including these lines is in its own rows.</summary>
    public static Alert Written(Alert alert, IReadOnlySet<string> historyIds)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert with { Trail = [.. alert.Trail.Where(e => !historyIds.Contains(e.Id))] };
    }
}
