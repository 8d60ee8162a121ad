using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Audit;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Shelters;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>The whole alert for the staff of its line, opened after the look has been recorded.</summary>
internal sealed class AlertReading(IGrainFactory grains, Vault vault, People people, MeetingPlaces places, Tenant tenant, IAudit audit, TimeProvider clock)
{
    public async Task<IResult> Read(string id, StaffMember staff)
    {
        if (await grains.Readable(id, staff) is not { } view) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "alert.read", id);
        return Results.Ok(await Body(view, reasons: staff.Profile.Roles.Contains(Role.Supervisor), mayRing: view.Alert.Relay is not null && await HasTaken(view.Alert, staff.Account)));
    }

    /// <summary>Whoever has the alert or the hand-over rings the desk. The line is asked: the alert may not know of it yet.</summary>
    private async Task<bool> HasTaken(Alert alert, string account)
    {
        if (alert.Taken?.By == account) return true;
        var items = alert.Alarms.Where(a => a.Ring.Reason is RingReason.HandOver).Select(a => a.Ring.ItemId);
        if (alert.Ring is { } ring) items = items.Append(ring.ItemId);
        return (await grains.GetGrain<IHotlineGrain>(alert.Line).Claims([.. items])).Any(c => c.State is ClaimState.Taken && c.By == account);
    }

    /// <param name="reasons">With why each person was chosen: a supervisor answers for that, and a colleague's load is nobody else's to see.</param>
    private static RelayBody Brought(Relay relay, bool mayRing) => mayRing ? Fields.Body(relay) : Fields.Body(relay) with { Number = null };

    /// <param name="mayRing">With the number of the desk that brought it.</param>
    private async Task<HotlineAlertBody> Body(HotlineView view, bool reasons, bool mayRing)
    {
        var alert = view.Alert;
        var key = vault.AlertKey(alert.Id, alert.WrappedKey);
        var contact = await grains.GetGrain<ISurvivorSessionGrain>(alert.Id).SafeContact();
        return new HotlineAlertBody
        {
            Id = alert.Id,
            Version = alert.Version,
            Status = StatusOf(alert, view.Deliveries),
            Line = alert.Line,
            Area = new AreaBody(alert.Area, tenant.AreaName(alert.Area)),
            RaisedAt = alert.RaisedAt,
            ComposedAt = alert.ComposedAt,
            Late = alert.Late,
            Exercise = alert.Exercise,
            Verification = alert.Verification,
            Language = alert.Language, Channel = alert.Channel,
            AgeBand = (AgeBandWord?)(int?)alert.AgeBand,
            LimitsToSay = alert.LimitsToSay,
            LimitsSaid = alert.LimitsSaid is { } said ? new SaidBody((await people.Find(said.By)).Name, said.At, said.WordingVersion) : null,
            GuardiansMustNotBeTold = alert.GuardiansMustNotBeTold,
            HumanAt = alert.Ring?.At,
            ItemId = alert.Ring?.ItemId ?? alert.Taken?.ItemId,
            TakenBy = await people.PersonOrNull(alert.Taken?.By),
            TakenAt = alert.Taken?.At,
            Duress = alert.DuressAt is not null,
            DuressDecided = alert.DuressDecided is { } decided ? new DuressDecidedBody(decided.Choice, (await people.Find(decided.By)).Name, decided.At, decided.Reason) : null,
            PhoneUnsafe = alert.PhoneUnsafeAt is not null,
            WomenOnly = alert.WomenOnly,
            Needs = [.. alert.Needs.Select(n => NeedOf(alert, n))],
            Offers = [.. await Task.WhenAll(alert.Offers.Select(offer => Offer(alert, offer, view.Deliveries, reasons)))],
            Holds = [.. (alert.Beds?.Requests ?? []).Select(r => HoldBody.Of(alert.Id, r))],
            Places = [.. await Task.WhenAll((alert.Beds?.Places ?? []).Select(p => OverflowEndpoints.Body(p, tenant, people)))],
            Alarms = [.. await Task.WhenAll(alert.Alarms.Select(alarm => Alarm(alert, alarm)))],
            Disclosures = [.. await Task.WhenAll(alert.Consents.Select(Disclosed))],
            MeetingPoints = await places.Of(alert),
            Timeline = await Timeline(view),
            Relay = alert.Relay is { } relay ? Brought(key.Open(Fields.RelayName, relay), mayRing) : null,
            Agreed = alert.Agreed is { } agreed ? new TookDownBody(agreed.How, agreed.At, agreed.WordingVersion, agreed.Language, agreed.By is { } taker ? (await people.Find(taker)).Name : null) : null,
            Location = alert.Place is { } place ? Fields.Body(key.Open(Fields.PlaceName, place)) : null,
            LaterPlaces = alert.LaterPlaces.IsEmpty ? null : [.. alert.LaterPlaces.Select(l => new LaterPlaceBody(l.At, l.By, Fields.Body(key.Open(Fields.PlaceName, l.What))))],
            Note = alert.Notes.IsEmpty ? null : string.Join('\n', alert.Notes.Select(n => key.Open(Fields.NoteName, n.Text))),
            // Whoever reads it here dials it: somebody else may hold the phone that it came from.
            SafeContact = contact is null || alert is { PhoneUnsafeAt: not null, ContactAnew: false } ? null : Fields.Body(vault.SessionKey(alert.Id).Open(Fields.ContactName, contact)),
            Party = alert.Party is { } party ? Fields.Body(key.Open(Fields.PartyName, party)) : null,
            LaterParties = alert.LaterParties.IsEmpty ? null : [.. alert.LaterParties.Select(l => new LaterPartyBody(l.At, l.By, Fields.Body(key.Open(Fields.PartyName, l.What))))],
            Exclusions = alert.Exclusions.InHerWords.IsEmpty ? null : [.. alert.Exclusions.InHerWords.SelectMany(words => key.Open(Fields.ExclusionsName, words)).Distinct()],
        };
    }

    /// <summary>The staff's status hides nothing: under duress it says what a real cancel does not, by <see cref="HotlineAlertBody.Duress"/>.</summary>
    private SurvivorStatus StatusOf(Alert alert, ImmutableArray<Delivery> deliveries)
    {
        var reached = deliveries.Where(d => d.DeliveredAt is not null).Select(d => alert.Offers[d.Offer].Responder).Distinct().Count();
        return SurvivorViews.Of(alert with { DuressAt = null, PhoneUnsafeAt = null }, reached, clock.GetUtcNow()).Status;
    }

    /// <summary>Police are rung on the same basis on which they are told by any other way.</summary>
    private static string? Fallback(Alert alert, Need need) =>
        need is Need.Police && !Disclosure.HasBasis(alert) ? null : alert.Rules?.For(need).FallbackNumber;

    private async Task<HotlineOfferBody> Offer(Alert alert, Offer offer, ImmutableArray<Delivery> deliveries, bool reasons)
    {
        var named = await people.Find(offer.Responder);
        var mine = deliveries.Where(d => d.Offer == offer.No && d.Round == offer.Round).ToArray();
        return new HotlineOfferBody
        {
            OfferId = new OfferId(alert.Id, offer.No).ToString(),
            Responder = new RespondentBody(offer.Responder, named.Name, named.Organisation),
            Need = offer.Need,
            Mode = offer.Assignment?.Mode ?? offer.Modes[0],
            Step = offer.Step,
            State = OfferProgresses.Of(offer, mine),
            Assignment = offer.Assignment?.State,
            Provisional = offer.Assignment is { Active: true, Provisional: true },
            PlannedAt = offer.At,
            SentAt = mine.Min(d => d.SentAt),
            DeliveredAt = mine.Min(d => d.DeliveredAt),
            SeenAt = mine.Min(d => d.SeenAt),
            AnsweredAt = offer.AnsweredAt,
            Reason = Word(offer.Declined) ?? Word(offer.Withdrawn),
            EtaMinutes = offer.Assignment?.EtaMinutes,
            Channels = [.. mine.OrderBy(d => d.Channel).Select(d => ToldBy(offer, d))],
            CheckedInAt = offer.Assignment?.CheckedInAt,
            PanicAt = offer.Assignment?.PanicAt ?? offer.Former?.PanicAt,
            RankedBecause = reasons && offer.Because is { } why ? RankedBody.Of(why) : null,
        };
    }

    private static ToldByBody ToldBy(Offer offer, Delivery told) => new(
        told.Channel, told.Attempts, told.SentAt, told.DeliveredAt, told.SeenAt, told.GaveUp, told.GaveUpAt, Delivery.Stays(told.Channel) && offer.State is OfferState.Withdrawn && told is { SentAt: not null, GaveUp: null });

    private async Task<AlarmBody> Alarm(Alert alert, Alarm alarm) => new(
        alarm.Ring.ItemId, alarm.Ring.Reason, alarm.Ring.At, alarm.Offer is { } no ? new OfferId(alert.Id, no).ToString() : null, await people.PersonOrNull(alarm.Taken?.By));

    private async Task<DisclosedBody> Disclosed(Consent c, int no) => new(
        no, c.Basis, (await people.Find(c.By)).Name, c.At, c.Channel, c.Reason, c.WithdrawnAt, c.ReviewDueAt,
        c.Review is { } review ? new ReviewedBody((await people.Find(review.By)).Name, review.At, review.Outcome) : null);

    private async Task<ImmutableArray<TimelineBody>> Timeline(HotlineView view)
    {
        var alert = view.Alert;
        // What a crash has not yet moved from the alert's own row to rows of its own is shown all the same.
        var history = view.History.Concat(alert.Trail).DistinctBy(e => e.Id).SelectMany(e => EachOffered(alert, e));
        var lines = await Task.WhenAll(history.Select(async e =>
            new TimelineBody(e.At, Word<HistoryKind>(e.Kind)!, e.Need, e.Step, e.Who is { } who ? (await people.Find(who)).Name : null, e.Detail, HoldOf(alert, e), e.Place)));
        var facts = await Task.WhenAll(view.Deliveries.SelectMany(d => new[] { ("sent", d.SentAt), ("delivered", d.DeliveredAt), ("seen", d.SeenAt), ("undelivered", d.SentAt is null ? null : d.GaveUpAt) }
            .Where(fact => fact.Item2 is not null)
            .Select(async fact =>
            {
                var offer = alert.Offers[d.Offer];
                return new TimelineBody(fact.Item2!.Value, fact.Item1, offer.Need, offer.Step, (await people.Find(offer.Responder)).Name, Word<Domain.Channels.ChannelKind>(d.Channel));
            })));
        return [.. lines.Concat(facts).OrderBy(l => l.At)];
    }

    private HotlineNeedBody NeedOf(Alert alert, NeedState need)
    {
        var filled = alert.Offers.Count(o => o.Need == need.Need && o.Counts) + (need.Need is Need.Shelter && alert.Beds?.YesSince is not null ? 1 : 0);
        return new HotlineNeedBody(need.Need, (SurvivorNeedState)(int)need.Stage, need.Quorum, filled, Fallback(alert, need.Need)) { Departs = Lawful.Way(alert, need.Need)?.Waits(clock.GetUtcNow()) };
    }

    private static string? HoldOf(Alert alert, HistoryEvent line) =>
        line.Bed is { } no && alert.Beds?.Find(no) is { } request ? new HoldId(alert.Id, no, request.Shelter).ToString() : null;

    private static IEnumerable<HistoryEvent> EachOffered(Alert alert, HistoryEvent line) =>
        line is { Count: { } count, Offer: { } first } ? Enumerable.Range(first, count).Select(no => line with { Offer = no, Who = alert.OfferNo(no)?.Responder }) : [line];

    private static string? Word<T>(T? word)
        where T : struct, Enum => word is { } given ? JsonNamingPolicy.CamelCase.ConvertName(given.ToString()) : null;
}
