using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.ServiceAreas;

/// <summary>A drill shows that an area works: somebody on duty said yes before a console would have rung.</summary>
public static class Drills
{
    /// <summary>The longest that a window stays open; whoever forgets to close it must not leave a door for real alerts to be buried.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromHours(4);

    /// <summary>When the drill was passed: the moment at which enough people had said yes to one of its needs. Null when it was none, is still open, or came too late.</summary>
    public static DateTimeOffset? PassedAt(Alert alert, string area)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (!alert.Exercise || alert.Area != area || alert.Stage is not Stage.Ended || alert.Rules is not { } rules) return null;
        var inTime = alert.RaisedAt.AddSeconds(rules.HumanAfterSeconds);
        return alert.Needs.Where(n => n.Stage is NeedStage.Filled).Select(n => FilledAt(alert, n)).Where(at => at <= inTime).Min();
    }

    /// <summary>Who handed back had not filled it.</summary>
    private static DateTimeOffset? FilledAt(Alert alert, NeedState need)
    {
        var yes = alert.Offers
            .Where(o => o.Need == need.Need && o.State is OfferState.Accepted && o.Assignment is { State: not AssignmentState.Released })
            .Select(o => o.AnsweredAt)
            .Order()
            .ToArray();
        return yes.Length >= need.Quorum ? yes[need.Quorum - 1] : null;
    }
}
