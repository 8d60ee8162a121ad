using System.Globalization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Simulation.Promises;

// What leaves, held against the disk at that very moment.
internal sealed partial class Book
{
    /// <summary>An alert looks every 15 seconds who left.</summary>
    private static readonly TimeSpan OffDutySlack = TimeSpan.FromSeconds(25);

    private readonly Dictionary<string, string> _notices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Process, DateTimeOffset At)> _accepted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _dutyAsks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _offDuty = new(StringComparer.Ordinal);

    public void Leaving(Notice notice, ChannelKind kind) => Guard(() =>
    {
        if (notice.Kind is NoticeKind.Untaken)
        {
            if (Durable(notice.AlertId) is { } rung && rung.Exclusions.Responders.Contains(notice.Recipient)) Break(Promise.ExcludedNotTold, $"{notice.Recipient} was rung although excluded");
            world.Tally.Count("untaken." + notice.Recipient);
            return;
        }

        if (notice.Kind is not NoticeKind.Offer || !OfferId.TryParse(notice.OfferId, out var id)) return;
        var who = notice.Recipient;
        var alert = Durable(notice.AlertId);
        if (alert?.OfferNo(id.No) is not { } offer || offer.Responder != who)
        {
            Break(Promise.OnlyOpenOffersSent, $"{notice.Id} left for {who} and is not on the disk");
            return;
        }

        if (Transition.NeedsBasis(offer.Organisation) && !Transition.HasBasis(alert)) Break(Promise.DisclosureHasBasis, $"{notice.Id} left for {who} of {offer.Organisation.Id} without a basis");
        if (Transition.Excluded(alert, who, offer.Organisation.Id)) Break(Promise.ExcludedNotTold, $"{notice.Id} left for {who}, who is excluded");
        if (alert.Stage is Stage.Ended || Transition.StandingOff(alert)) Break(Promise.EndedAsksNobody, $"{notice.Id} left for {who} after the end or under duress");
        if (offer.State is not OfferState.Open) Break(Promise.OnlyOpenOffersSent, $"{notice.Id} left for {who}, the offer is {offer.State} {offer.Withdrawn}");
        if (OffDutyFor(who) > OffDutySlack && world.Calm > OffDutySlack) Break(Promise.OffDutyNotAsked, $"{notice.Id} left for {who}, off duty for {OffDutyFor(who).TotalSeconds:0} s");

        var round = string.Create(CultureInfo.InvariantCulture, $"{notice.OfferId}/{offer.Round}/{kind}");
        if (_notices.TryGetValue(round, out var other) && other != notice.Id) Break(Promise.OneNotice, $"{who} gets {other} and {notice.Id} for the same round");
        _notices[round] = notice.Id;
        if (_accepted.TryGetValue(notice.Id, out var taken) && taken.Process == world.Process && world.Calm > world.Now - taken.At) Break(Promise.OneNotice, $"{notice.Id} left again although it had been taken");
    });

    /// <summary>The channel said "sent".</summary>
    public void Accepted(Notice notice, ChannelKind kind)
    {
        if (notice.Kind is NoticeKind.Offer) _accepted[notice.Id] = (world.Process, world.Now);
    }

    /// <summary>Until the answer nobody knows whether she is on duty.</summary>
    public int DutyAsked(string who)
    {
        _offDuty.Remove(who);
        return _dutyAsks[who] = _dutyAsks.GetValueOrDefault(who) + 1;
    }

    public void DutyIs(string who, bool on, int ask)
    {
        if (!on && _dutyAsks[who] == ask) _offDuty[who] = world.Now;
    }

    private void AskedOnDuty(Alert? before, Alert now)
    {
        foreach (var offer in now.Offers.Skip(before?.Offers.Length ?? 0))
        {
            if (OffDutyFor(offer.Responder) > OffDutySlack && world.Calm > OffDutySlack) Break(Promise.OffDutyNotAsked, $"{now.Id}: {offer.Responder} is asked anew, off duty for {OffDutyFor(offer.Responder).TotalSeconds:0} s");
        }
    }

    private TimeSpan OffDutyFor(string who) => _offDuty.TryGetValue(who, out var since) ? world.Now - since : TimeSpan.Zero;
}
