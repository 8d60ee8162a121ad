using System.Collections.Immutable;

namespace Dispatch.Domain.Alerts;

/// <summary>Whom she named as people who must not know, by opaque id.</summary>
public sealed record ShutOut(ImmutableArray<string> People, ImmutableArray<string> Organisations)
{
    public static ShutOut Nobody { get; } = new([], []);

    public static ShutOut Of(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return new ShutOut(alert.Exclusions.Responders, alert.Exclusions.Organisations);
    }

    public ShutOut And(ShutOut more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return new ShutOut([.. People.Union(more.People).Order(StringComparer.Ordinal)], [.. Organisations.Union(more.Organisations).Order(StringComparer.Ordinal)]);
    }

    public bool Holds(string account, string organisation) => People.Contains(account) || Organisations.Contains(organisation);

    public bool IsAs(ShutOut other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return People.SequenceEqual(other.People) && Organisations.SequenceEqual(other.Organisations);
    }
}
