using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;

namespace Dispatch.Simulation.Promises;

// What happens beside finding help: danger on the way, what the line decides, and what her phone shows then.
internal sealed partial class Book
{
    /// <summary>An alert asks its line every 15 seconds who has what.</summary>
    private static readonly TimeSpan PullSlack = TimeSpan.FromSeconds(25);

    private readonly HashSet<string> _handedBack = new(StringComparer.Ordinal);
    private readonly HashSet<(string Item, string By)> _everTaken = [];
    private readonly HashSet<string> _everHandedBack = new(StringComparer.Ordinal);

    /// <summary>Somebody disclosed in her place and nobody has looked at it again.</summary>
    public bool ReviewsOwed => _files.Values.Any(f => f.Answered is not null && f.Stored is { } alert && Owed(alert).Any());

    public void HandedBack(string item, string by, ClaimResult result)
    {
        if (result.Refused is { } why) world.Tally.Count("refused.handBack." + why);
        else if (!_everHandedBack.Contains($"{item}/{by}")) Break(Promise.AnswerDurable, $"{item}: {by} was answered that she handed it back, and it is not on the disk");
    }

    public void Panicked(string alert, int offer, AnswerResult answer)
    {
        if (Refused(answer)) Break(Promise.PanicRings, $"{alert}: the call of offer {offer} was refused as {answer.Refused}");
        else if (Answered(alert, answer).Stored is not { } stored || stored.OfferNo(offer)?.Assignment?.PanicAt is null) Break(Promise.AnswerDurable, $"{alert}: the call of offer {offer} was answered and is not on the disk");
        else Called(File(alert), stored, offer);
    }

    public void PhoneMarked(string alert, AnswerResult answer)
    {
        if (!Refused(answer) && Answered(alert, answer).Stored?.PhoneUnsafeAt is null) Break(Promise.AnswerDurable, $"{alert}: a phone was marked and that is not on the disk");
    }

    public void Reviewed(string alert, int no, string by, AnswerResult answer)
    {
        if (!Refused(answer) && Answered(alert, answer).Stored?.Consents[no].Review?.By != by) Break(Promise.AnswerDurable, $"{alert}: a review was answered and is not on the disk");
    }

    public void Decided(string alert, DuressChoice choice, AnswerResult answer)
    {
        if (!Refused(answer) && Answered(alert, answer).Stored?.DuressDecided?.Choice != choice) Break(Promise.AnswerDurable, $"{alert}: {choice} was answered and is not on the disk");
    }

    /// <summary>Whoever holds a phone that is not hers any more is shown what a cancel shows.</summary>
    public void SheSaw(string id, SurvivorView? view)
    {
        if (Durable(id) is not { } alert || (alert.DuressAt is null && alert.PhoneUnsafeAt is null)) return;
        var promise = alert.DuressAt is null ? Promise.UnsafePhoneQuiet : Promise.DuressLooksCancelled;
        if (view is not { Needs.Length: 0 } || view != new SurvivorView { Id = id, Status = SurvivorStatus.Cancelled, Version = SurvivorViews.LastVersion, Needs = view.Needs }) Break(promise, $"{id}: she sees {view}");
    }

    private void Beside(Claim claim)
    {
        if (Ringing.AlertOf(claim.ItemId) is not { } id) return;
        var file = File(id);
        var alarm = file.Stored?.Alarms.FirstOrDefault(a => a.Ring.ItemId == claim.ItemId);
        switch (claim.State)
        {
            case ClaimState.Taken:
                _everTaken.Add((claim.ItemId, claim.By));
                if (alarm is null) file.HandedBack = null;
                else world.Tally.Count("alarm.taken");
                break;
            case ClaimState.HandedBack:
                _handedBack.Add(claim.ItemId);
                _everHandedBack.Add($"{claim.ItemId}/{claim.By}");
                world.Tally.Count(alarm is null ? "handedBack" : "alarm.handedBack");
                if (alarm is null) file.HandedBack = (claim.ItemId, claim.By, world.Now);
                break;
            case ClaimState.Closed:
                if (alarm?.Offer is { } offer) file.Panics.Remove(offer);
                world.Tally.Count(alarm is null ? "closed" : "alarm.closed");
                break;
        }
    }

    private void Beside(AlertFile file, Alert? before, Alert now)
    {
        foreach (var offer in now.Offers.Where(o => o.Assignment?.PanicAt is not null && o.Assignment.PanicAt != before?.OfferNo(o.No)?.Assignment?.PanicAt)) Called(file, now, offer.No);
        foreach (var offer in file.Panics)
        {
            if (!now.Alarms.Any(a => a.Ring.Reason is RingReason.ResponderInDanger && a.Offer == offer)) Break(Promise.PanicRings, $"{now.Id}: offer {offer} called for help, and its item went although no human ended it");
        }

        foreach (var gone in file.Alarms.Keys.Where(i => !now.Alarms.Any(a => a.Ring.ItemId == i)).ToArray()) file.Alarms.Remove(gone);
        foreach (var alarm in now.Alarms.Where(a => file.Alarms.TryAdd(a.Ring.ItemId, world.Now))) world.Tally.Count("alarm." + alarm.Ring.Reason);
        if (now.Taken is null && !Unmet(now)) file.HandedBack = null;
        if (now.PhoneUnsafeAt is not null && before?.PhoneUnsafeAt is null) world.Tally.Count("phoneUnsafe");
        world.Tally.Count("reviewed", now.Consents.Count(c => c.Review is not null) - (before?.Consents.Count(c => c.Review is not null) ?? 0));
        if (now.DuressDecided is not { Choice: var choice } || before?.DuressDecided is not null) return;
        world.Tally.Count("decided." + choice);
        if (choice is DuressChoice.StandDown) return;
        foreach (var need in now.Needs.Where(n => n.Stage is NeedStage.Filled && !Transition.HasHelp(now, n.Need))) Break(Promise.GoOnAsksAgain, $"{now.Id}: {need.Need} counts as filled although everybody stood off");
        file.WentOn = (world.Now, now.Needs);
        // The supervisor has just seen it; people get their time before it rings again.
        if (file.UnmetSince is not null) file.UnmetSince = world.Now;
        file.HandedBack = null;
    }

    /// <summary>A call counts until a human ends its item; one who already ended it has not heard a later one.</summary>
    private void Called(AlertFile file, Alert alert, int offer)
    {
        if (alert.Alarms.Any(a => a.Ring.Reason is RingReason.ResponderInDanger && a.Offer == offer)) file.Panics.Add(offer);
        else Break(Promise.PanicRings, $"{alert.Id}: offer {offer} called for help and nothing rings");
    }

    private void LookBeside(DateTimeOffset wall)
    {
        foreach (var (id, file) in _files)
        {
            if (file is not { Answered: not null, Stored: { } alert }) continue;
            if (Owed(alert).Any(due => wall - due > Slack) && !alert.Alarms.Any(a => a.Ring.Reason is RingReason.ReviewDue)) Break(Promise.ReviewRings, $"{id}: a disclosure should long have been reviewed and nothing rings");
            if (alert.Stage is Stage.Ended && (!alert.Alarms.IsEmpty || Owed(alert).Any()) && !file.Watched) Break(Promise.ReviewRings, $"{id}: something is owed and its watch row is gone");
            if (alert.Stage is Stage.Ended || world.Calm < PullSlack) continue;
            if (file.HandedBack is { } given && world.Now - given.At > PullSlack && alert.Taken?.ItemId == given.Item && alert.Taken.By == given.By) Break(Promise.HandedBackRings, $"{id}: {given.By} handed {given.Item} back and still counts as having it");
            if (file.WentOn is { } went && world.Now - went.At > PullSlack && alert is { Covered: false, Late: false } && Stuck(alert, went.Needs) is { } need) Break(Promise.GoOnAsksAgain, $"{id}: nobody is asked for {need.Need} although help goes on");
        }
    }

    /// <summary>Nobody is asked for it, and no further step was entered, although there is one.</summary>
    private static NeedState? Stuck(Alert alert, IEnumerable<NeedState> then) => alert.Needs.FirstOrDefault(n =>
        n.Stage is NeedStage.Asking
        && n.NextStep < alert.Rules!.Steps.Length
        && n.Steps.Length <= (then.FirstOrDefault(t => t.Need == n.Need)?.Steps.Length ?? 0)
        && !alert.Offers.Any(o => o.Need == n.Need && o.State is OfferState.Open));

    private bool AnythingBeside() => _files.Values.Any(f => f.Answered is not null && (f.Alarms.Count > 0 || f.HandedBack is not null));

    /// <summary>What rings beside the alerts, and what was handed back, as the line's own people see it.</summary>
    private void Beside(QueueView queue)
    {
        foreach (var (id, file) in _files)
        {
            if (file is not { Answered: not null, Stored: { } alert }) continue;
            foreach (var (item, since) in file.Alarms.Where(a => world.Now - a.Value > Slack))
            {
                if (queue.Items.FirstOrDefault(i => i.ItemId == item)?.State is null or QueueState.Waiting) Break(RingsFor(item), $"{item} is there for {(world.Now - since).TotalSeconds:0} s and the queue does not show it");
            }

            if (file.HandedBack is { } given && world.Now - given.At > Slack && Unmet(alert) && !queue.Items.Any(i => i.AlertId == id && i.State is not QueueState.Waiting)) Break(Promise.HandedBackRings, $"{id}: {given.Item} was handed back and nothing rings");
        }
    }

    private static Promise RingsFor(string item) => item[(item.LastIndexOf(':') + 1)..] switch
    {
        var reason when reason.StartsWith("reviewDue", StringComparison.Ordinal) => Promise.ReviewRings,
        var reason when reason.StartsWith("noBed", StringComparison.Ordinal) || reason.StartsWith("bedBooked", StringComparison.Ordinal) => Promise.BedRings,
        _ => Promise.PanicRings,
    };

    /// <summary>When each act of a human in her place should have been looked at again.</summary>
    private static IEnumerable<DateTimeOffset> Owed(Alert alert) => alert.Consents.Where(c => c.Review is null).Select(c => c.ReviewDueAt).OfType<DateTimeOffset>();
}
