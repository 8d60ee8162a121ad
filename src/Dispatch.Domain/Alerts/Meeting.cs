using System.Collections.Immutable;
using Dispatch.Domain.Sealing;
using static Dispatch.Domain.Alerts.Changes;

namespace Dispatch.Domain.Alerts;

/// <summary>A safe place to meet: proposed by the line or by the house, and worth nothing until she, or a call-taker for her, has said yes.</summary>
public static class Meeting
{
    public static Decision Propose(Alert alert, ProposeMeeting command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(command);
        if (OfKey(alert, command.KeyMac) is { } same) return same.BodyMac == command.BodyMac ? new Decision.Unchanged(alert) : Decision.No(Refusal.KeyReused);
        if (alert.Stage is Stage.Ended) return Decision.No(Refusal.Ended);
        // Unverified, a place where somebody waits for her may be a trap for either (design §4).
        if (alert.Verification is Verification.None || alert.StandingOff || !Open(alert, command.Need)) return Decision.No(Refusal.NotAllowedHere);
        if (Meetings.All(alert).Length >= MeetingPoint.MaxPoints) return Decision.No(Refusal.TooMany);
        var point = new MeetingPoint(Meetings.All(alert).Length, command.Need, command.Where, command.By, now)
        {
            KeyMac = command.KeyMac, BodyMac = command.BodyMac, Answer = command.Agreed ? new MeetingAnswer(true, command.By, now) : null,
        };
        return alert.Add(point).Changed(now, [Line(HistoryKind.MeetingProposed, point, command.By, now), .. command.Agreed ? new[] { Line(HistoryKind.MeetingAgreed, point, command.By, now) } : []]);
    }

    /// <summary>What the command with this key proposed, or null.</summary>
    public static MeetingPoint? OfKey(Alert alert, string keyMac) => Meetings.All(alert).FirstOrDefault(p => p.KeyMac == keyMac);

    /// <summary>Her word, or a call-taker's for her. Only on what she is asked now or agreed to last: an answer that comes late must not bring an old place back.</summary>
    public static Decision Answer(Alert alert, AnswerMeeting command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(command);
        if (alert.Stage is Stage.Ended || (alert.DeviceSilenced && command.By == Consent.Survivor)) return Decision.No(Refusal.Ended);
        if (Meetings.All(alert).FirstOrDefault(p => p.No == command.No) is not { } point) return Decision.No(Refusal.NotFound);
        if (point.Answer?.Yes == command.Yes) return new Decision.Unchanged(alert);
        if (Meetings.Newest(alert, point.Need) != point) return Decision.No(Refusal.OfferClosed);
        var next = (alert with { MeetingPoints = Meetings.All(alert).Replace(point, point with { Answer = new MeetingAnswer(command.Yes, command.By, now) }) }).TellOnIt();
        // From her no on a human has to find another place.
        return command.Yes
            ? next.WithoutRefused().Changed(now, Line(HistoryKind.MeetingAgreed, point, command.By, now))
            : next.Sound(RingReason.MeetingRefused, now).Changed(now, Line(HistoryKind.MeetingRefused, point, command.By, now));
    }

    /// <summary>The house said yes, and where its people meet her: proposed to her, once while it stays the same. Before she is verified nobody proposes anything.</summary>
    internal static Alert HouseMeetsAt(this Alert alert, BedRequest request, Sealed<Place>? where, DateTimeOffset now, out ImmutableArray<HistoryEvent> lines)
    {
        lines = [];
        if (where is null || alert.Verification is Verification.None || alert.Stage is Stage.Ended || !Open(alert, Need.Shelter) || alert.Beds?.Hers?.No != request.No) return alert;
        var points = Meetings.All(alert);
        if (points.Length >= MeetingPoint.MaxPoints || points.LastOrDefault(p => p.Bed == request.No)?.Where == where) return alert;
        var point = new MeetingPoint(points.Length, Need.Shelter, where, request.Shelter, now) { Bed = request.No };
        lines = [Line(HistoryKind.MeetingProposed, point, null, now) with { Bed = request.No }];
        return alert.Add(point);
    }

    private static bool Open(Alert alert, Need need) => alert.Needs.Any(n => n.Need == need && n.Stage is not NeedStage.Closed);

    private static Alert Add(this Alert alert, MeetingPoint point) =>
        (alert with { MeetingPoints = Meetings.All(alert).Add(point) }).WithoutRefused().TellOnIt();

    /// <summary>Something else is proposed or agreed wherever she said no.</summary>
    private static Alert WithoutRefused(this Alert alert) =>
        alert.Needs.Any(n => Meetings.Newest(alert, n.Need) is { Answer.Yes: false }) ? alert : alert.Without(alert.AlarmFor(RingReason.MeetingRefused));

    private static Alert TellOnIt(this Alert alert) => alert.Tell(alert.Offers.Where(o => o.Assignment is { Active: true }).Select(o => Pending.Responder(o.Responder)));

    private static HistoryEvent Line(HistoryKind kind, MeetingPoint point, string? by, DateTimeOffset now) => Note(kind, now, point.Need, who: by);
}
