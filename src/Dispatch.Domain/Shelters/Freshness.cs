namespace Dispatch.Domain.Shelters;

/// <summary>How far a house's figures can be relied on. An old figure sends a house to the end, never out.</summary>
public enum Freshness { Fresh = 1, ToConfirm = 2, RingFirst = 3 }

public static class Figures
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(4);
    public static readonly TimeSpan KnownFor = TimeSpan.FromHours(12);

    /// <param name="confirmedAt">When staff last said that they are right; null for never.</param>
    public static Freshness At(DateTimeOffset? confirmedAt, DateTimeOffset now) =>
        confirmedAt is not { } at || now - at > KnownFor ? Freshness.RingFirst : now - at > FreshFor ? Freshness.ToConfirm : Freshness.Fresh;
}
