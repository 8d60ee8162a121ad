using System.Globalization;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Responders;

/// <summary>One thing that somebody did, for her own list: what was needed and how she helped, no alert, no place and nobody's name.</summary>
public sealed record OwnWork
{
    public const int CurrentSchema = 1;

    /// <summary>Her own list goes back this far.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    public int SchemaVersion { get; init; } = CurrentSchema;
    public required Need Need { get; init; }
    public required Mode Mode { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How it ended.</summary>
    public required AssignmentState State { get; init; }
    public required bool Exercise { get; init; }

    /// <summary>What ended for her between what she knew of an alert and what she is told now. Told twice, it is the same under the same key.</summary>
    public static IEnumerable<(string Key, OwnWork Work)> EndedIn(AlertTold? known, AlertTold told, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(told);
        return told.Offers
            .Where(o => o.Assignment is { Active: false } && known?.Offers.FirstOrDefault(k => k.No == o.No)?.Assignment is not { Active: false })
            .Select(o => (
                string.Create(CultureInfo.InvariantCulture, $"{NewestFirst.Key(o.Assignment!.AcceptedAt)}.{o.No:D5}"),
                new OwnWork { Need = o.Need, Mode = o.Assignment.Mode, AcceptedAt = o.Assignment.AcceptedAt, EndedAt = now, State = o.Assignment.State, Exercise = told.Exercise }));
    }
}
