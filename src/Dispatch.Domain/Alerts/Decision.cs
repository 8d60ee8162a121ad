using System.Collections.Immutable;
using System.Globalization;

namespace Dispatch.Domain.Alerts;

/// <summary>What the rules answer to a command.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The alert is now this; store it before anything else happens.</summary>
    public sealed record Changed(Alert Alert) : Decision;

    /// <summary>It already was so: the same answer as the first time.</summary>
    public sealed record Unchanged(Alert Alert) : Decision;

    public sealed record Refused(Refusal Why) : Decision;

    public static Decision No(Refusal why) => new Refused(why);
}

internal static class Changes
{
    public static Decision.Changed Changed(this Alert next, DateTimeOffset now, params ReadOnlySpan<HistoryEvent> events) =>
        new(next.Stamp(now, events));

    /// <summary>The next version of the alert, its history lines numbered by that version.</summary>
    public static Alert Stamp(this Alert next, DateTimeOffset now, params ReadOnlySpan<HistoryEvent> events)
    {
        var version = next.Version + 1;
        var trail = next.Trail.ToBuilder();
        List<HistoryEvent> lines = [.. events];
        next = next.WithoutUnneededBeds(now, lines).WithBedNews();
        for (var i = 0; i < lines.Count; i++)
        {
            trail.Add(lines[i] with { Id = string.Create(CultureInfo.InvariantCulture, $"{version:D8}.{i:D3}") });
        }

        return next with { Version = version, LastNow = Later(next.LastNow, now), Trail = trail.ToImmutable() };
    }

    public static HistoryEvent Note(HistoryKind kind, DateTimeOffset at, Need? need = null, int? step = null, int? offer = null, string? who = null, string? detail = null) =>
        new("", at, kind, need, step, offer, who, detail);

    public static Alert With(this Alert alert, Offer offer) => alert with { Offers = alert.Offers.SetItem(offer.No, offer.Assignment is { Active: false } over ? offer with { Assignment = over with { OverIn = alert.Version + 1 } } : offer) };

    public static Alert With(this Alert alert, NeedState need) =>
        alert with { Needs = alert.Needs.Replace(alert.Needs.First(n => n.Need == need.Need), need) };

    /// <summary>Owes these recipients the state of the version being decided now.</summary>
    public static Alert Tell(this Alert alert, params IEnumerable<string> recipients)
    {
        var box = alert.Outbox.ToBuilder();
        var places = new Dictionary<string, int>(box.Count, StringComparer.Ordinal);
        for (var i = 0; i < box.Count; i++) places.Add(box[i].To, i);
        foreach (var to in recipients)
        {
            var pending = new Pending(to, alert.Version + 1);
            if (places.TryAdd(to, box.Count)) box.Add(pending);
            else box[places[to]] = pending;
        }

        return alert with { Outbox = box.ToImmutable() };
    }

    public static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
