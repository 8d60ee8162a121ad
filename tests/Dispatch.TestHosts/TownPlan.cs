using System.Net;
using Dispatch.Domain.Alerts;

namespace Dispatch.TestHosts;

/// <param name="Areas">How many service areas; they share one line.</param>
/// <param name="PerArea">How many responders each of them has.</param>
/// <param name="Needs">Dealt to an area's people in turn, one each.</param>
/// <param name="Steps">Empty means the product's own waits.</param>
public sealed record TownPlan(int Areas, int PerArea, IReadOnlyList<Need> Needs, params IReadOnlyList<(int AfterSeconds, int PerNeed)> Steps)
{
    /// <summary>Everybody has gone on duty before the first host starts.</summary>
    public bool OnDuty { get; init; } = true;

    /// <summary>How many may be with one responder at a time, and her rest after each; null means the product's own.</summary>
    public (int LoadCap, int RestHours)? Endurance { get; init; }

    /// <summary>0 sends texts with everything else; null means the product's own wait.</summary>
    public int? TextAfterSeconds { get; init; }

    /// <summary>Null means the product's own wait.</summary>
    public TimeSpan? RingsAfter { get; init; }

    /// <summary>Houses that serve every area, each with so many beds, which its staff have counted.</summary>
    public IReadOnlyList<int> Beds { get; init; } = [];
}

/// <param name="Token">Of a session that is open.</param>
public sealed record Member(string Account, string Area, string Token);

/// <summary>Where a host lives.</summary>
/// <param name="Address">Where callers and the other hosts reach it.</param>
/// <param name="Database">How it reaches PostgreSQL; null for one host on the town's own file.</param>
/// <param name="Namespace">The network namespace that it lives in, or null for the machine's own.</param>
public sealed record HostPlace(IPAddress Address, string? Database, string? Namespace = null);
