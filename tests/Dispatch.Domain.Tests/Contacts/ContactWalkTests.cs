using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Contacts.GivenContact;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>What holds after anything that can happen to a number, in any order, doubled and late.</summary>
public sealed class ContactWalkTests
{
    private const int Seeds = 300;
    private const int Steps = 60;

    [Fact]
    public void Nothing_leaves_the_queue_unseen() => Walk((before, after, _) =>
    {
        foreach (var gone in before.Items.Where(i => i.Taken is null && after.Item(i.Ring.ItemId) is null))
        {
            // Somebody closed it, or it goes on in another form, or a human speaks with her.
            var goesOn = after.Items.Any(i => i.Taken is not null || i.Ring.Reason != gone.Ring.Reason) || after.Calls.Any(c => c.ConnectedAt is not null && before.Call(c.Id)?.ConnectedAt is null);
            if (!goesOn && after.Trail.All(f => f.ItemId != gone.Ring.ItemId || f.Outcome is null)) return $"{gone.Ring.ItemId} left without a human";
        }

        return null;
    });

    /// <summary>Passed on or not, nobody but whoever first took it changes when it was answered, and what rings for another reason goes on ringing.</summary>
    [Fact]
    public void Passing_on_changes_nothing_but_who_has_it() => Walk((before, after, _) =>
    {
        foreach (var item in before.Items.Where(i => i.Taken is not null))
        {
            if (after.Item(item.Ring.ItemId) is not { Taken: { } now } || now.By == item.Taken!.By) continue;
            if (now.At != item.Taken.At || !after.Trail.SequenceEqual(before.Trail) || after.CallBack != before.CallBack || after.Items.Length != before.Items.Length) return $"{item.Ring.ItemId} was passed on, and more";
        }

        return null;
    });

    [Fact]
    public void What_a_human_took_leaves_the_queue_only_by_a_humans_hand() => Walk((before, after, _) =>
        before.Items.Any(i => i.Taken is not null && after.Item(i.Ring.ItemId) is null) && after.Events[^1].Kind is not (ContactEventKind.Closed or ContactEventKind.HandedBack)
            ? "taken, and gone" : null);

    [Fact]
    public void Whoever_waits_on_the_line_untaken_has_an_item() => Walk((before, after, _) =>
        after.Untaken(RingReason.CallRinging) is { Call: { } call } && after.Call(call) is not { OverAt: null } ? $"{call} is over and still rings"
        : before.Untaken(RingReason.CallRinging) is not null && after.Untaken(RingReason.CallRinging) is null && after.Items.IsEmpty && after.Calls.Any(c => c is { OverAt: null, Settled: false }) && after.Trail.All(f => f.Outcome is null)
            ? "somebody waits and nothing rings" : null);

    [Fact]
    public void There_is_one_untaken_item_for_a_reason_and_no_id_twice() => Walk((_, after, _) =>
        after.Items.Where(i => i.Taken is null).GroupBy(i => i.Ring.Reason).Any(g => g.Count() > 1) ? "two for one reason"
        : after.Items.GroupBy(i => i.Ring.ItemId).Any(g => g.Count() > 1) ? "one id twice" : null);

    [Fact]
    public void The_watch_row_has_every_item_and_wakes_it_in_time() => Walk((_, after, _) =>
    {
        var row = ContactWatch.RowOf(after, At(100_000));
        if (row is null) return after.Items.IsEmpty ? null : "no row";
        if (!row.Items.Select(i => i.ItemId).SequenceEqual(after.Items.Select(i => i.Ring.ItemId))) return "another row";
        return after.Items.Any(i => i is { Taken: null, Ring.DutyOfficerToldAt: null } && !(row.NextDue <= i.Ring.At.AddSeconds(60))) ? "the officer would be called late" : null;
    });

    [Fact]
    public void The_machine_rings_only_within_three_minutes_of_a_missed_call() => Walk((before, after, now) =>
        after.CallBack is { By: null } back && back.Tries > (before.CallBack?.MissedAt == back.MissedAt ? before.CallBack.Tries : 0) && (now - back.MissedAt > TimeSpan.FromMinutes(3) || after.Mark is { MayCall: false } or { Unsafe: true })
            ? "it rang when it must not" : null);

    [Fact]
    public void A_call_of_the_machine_is_never_a_missed_call_of_hers() => Walk((before, after, _) =>
        after.CallBack is { By: null, Over: null } back && (before.CallBack is not { Over: null } known || known.MissedAt != back.MissedAt) && after.Events[^1].What is { } call && before.Call(call) is { ToHer: true }
            ? "it rings because its own call ended" : null);

    [Fact]
    public void Whatever_happens_it_stays_small_and_a_version_is_one_step() => Walk((before, after, _) =>
        JsonSerializer.SerializeToUtf8Bytes(after, DispatchJson.Options).Length > 32 * 1024 ? "larger than a row should be"
        : after.Version > before.Version + 1 || after.Events.Length > 48 ? "grew" : null);

    private static readonly ContactEventKind[] Kinds =
    [
        ContactEventKind.CallArrived, ContactEventKind.CallOver, ContactEventKind.CallBackAsked, ContactEventKind.CallBackAnswered, ContactEventKind.TextArrived, ContactEventKind.CallMissed, ContactEventKind.CallBackFailed,
        ContactEventKind.PutThrough, ContactEventKind.Connected, ContactEventKind.NotConnected,
    ];

    private static void Walk(Func<Contact, Contact, DateTimeOffset, string?> fault)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (random, at, contact) = (new Random(seed), 0.0, Rings());
            var said = new List<ReceiveContact>();
            for (var step = 0; step < Steps; step++)
            {
                at += random.Next(0, 40);
                var decision = Step(random, contact, said, At(at), step);
                if (decision is not ContactDecision.Changed changed) continue;
                if (fault(contact, changed.Contact, At(at)) is { } why) Assert.Fail($"seed {seed}, step {step}: {why}");
                contact = changed.Contact;
            }
        }
    }

    private static ContactDecision Step(Random random, Contact contact, List<ReceiveContact> said, DateTimeOffset now, int step)
    {
        switch (random.Next(12))
        {
            case < 5:
                var call = $"call-{random.Next(6)}";
                var kind = Kinds[random.Next(Kinds.Length)];
                said.Add(Event($"{call}:{kind}", kind, kind is ContactEventKind.TextArrived ? null : call) with { NeedsHuman = true });
                return Receiving.Receive(contact, Id, said[^1], now);
            case 5 when said.Count > 0:
                return Receiving.Receive(contact, Id, said[random.Next(said.Count)], now);
            case 6:
                return Receiving.Receive(contact, Id, Event($"help-{step}", ContactEventKind.HelpAsked, null, Help($"a-{step}")), now);
            case 7 when !contact.Items.IsEmpty:
                var item = contact.Items[random.Next(contact.Items.Length)];
                // Taken, passed on, closed or given back.
                var state = item.Taken is null || random.Next(3) == 0 ? ClaimState.Taken : random.Next(2) == 0 ? ClaimState.Closed : ClaimState.HandedBack;
                return ContactClaims.Apply(contact, new Claim(item.Ring.ItemId, state, state is ClaimState.Taken ? $"taker-{random.Next(3)}" : item.Taken!.By, now, EndedHow.Resolved), now);
            case 8:
                return Marking.Mark(contact, new ContactMark(random.Next(2) == 0, true, null, null, "fatou", now) { Unsafe = random.Next(4) == 0 }, now);
            case 9:
                return CallingBack.Tick(contact, now);
            case 10:
                return new ContactDecision.Changed(contact with { Outbox = [], Trail = [], Raises = ImmutableArray<OwedRaise>.Empty, Version = contact.Version + 1 });
            default:
                return ContactRinging.Tick(contact, now);
        }
    }
}
