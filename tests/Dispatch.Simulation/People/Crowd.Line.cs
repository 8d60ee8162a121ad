using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Simulation.Plans;
using Dispatch.TestCity;

namespace Dispatch.Simulation.People;

// The people of the line, and what calls them to somebody on the way.
internal sealed partial class Crowd
{
    private void Take(Take act) => OnItem(act.Alert, null, item => Call(
        $"take {item} {act.By}",
        g => g.GetGrain<IHotlineGrain>(City.Line).Take(item, act.By),
        (ClaimResult claim) =>
        {
            world.Book.Taken(item, act.By, claim);
            Nudge(act.Alert);
        }));

    private void Close(Close act) => OnItem(act.Alert, act.By, item => Call(
        $"close {item} {act.By}",
        g => g.GetGrain<IHotlineGrain>(City.Line).Close(item, act.By, act.How),
        (ClaimResult _) => Nudge(act.Alert)));

    private void HandBack(HandBack act) => OnItem(act.Alert, act.By, item => Call(
        $"hand back {item} {act.By}",
        g => g.GetGrain<IHotlineGrain>(City.Line).HandBack(item, act.By),
        (ClaimResult claim) =>
        {
            world.Book.HandedBack(item, act.By, claim);
            Nudge(act.Alert);
        }));

    private void CheckIn(CheckIn act)
    {
        if (JourneyOf(act.Alert, act.Who) is not { } no) return;
        var id = Id(act.Alert);
        Call($"check in {id}.{no} {act.Who}", g => g.GetGrain<IAlertGrain>(id).CheckIn(no, act.Who), (AnswerResult answer) => world.Book.Answered(id, no, answer));
    }

    private void PanicUntilAnswered(Panic act)
    {
        if (JourneyOf(act.Alert, act.Who) is not { } no) return;
        var id = Id(act.Alert);
        var done = false;
        void Try()
        {
            if (done) return;
            Call($"panic {id}.{no} {act.Who}", g => g.GetGrain<IAlertGrain>(id).Panic(no, act.Who), (AnswerResult answer) =>
            {
                done = true;
                world.Book.Panicked(id, no, answer);
            });
            world.After(Again, Try);
        }

        Try();
    }

    private void PhoneUnsafe(PhoneUnsafe act)
    {
        var id = Id(act.Alert);
        Call($"phone unsafe {id} {act.By}", g => g.GetGrain<IAlertGrain>(id).PhoneUnsafe(act.By), (AnswerResult answer) =>
        {
            world.Book.PhoneMarked(id, answer);
            SheSees(id);
        });
    }

    /// <summary>Her page asks; the book compares.</summary>
    public void SheSees(string id) =>
        Call($"her view of {id}", g => g.GetGrain<IAlertGrain>(id).SurvivorView(), (SurvivorView? view) => world.Book.SheSaw(id, view));

    private void Disclose(Disclose act)
    {
        var id = Id(act.Alert);
        var consent = new Consent(DisclosureBasis.LifeThreat, act.By, world.Wall.GetUtcNow(), "voice", "", "fr", "weapon");
        var addition = new AddToAlert { By = act.By, Authorised = true, Consent = consent, Needs = [Need.Police] };
        Call($"disclose {id} {act.By}", g => g.GetGrain<IAlertGrain>(id).Add(addition), (AnswerResult answer) => world.Book.Added(id, addition, answer));
    }

    private void SecondLook(SecondLook act)
    {
        var id = Id(act.Alert);
        var consents = world.Book.Durable(id)?.Consents ?? [];
        for (var i = 0; i < consents.Length; i++)
        {
            if (consents[i].ReviewDueAt is null) continue;
            var no = i;
            Call($"review {id} {no} {act.By}", g => g.GetGrain<IAlertGrain>(id).Review(new ReviewDisclosure(no, act.By, act.Outcome)), (AnswerResult answer) => world.Book.Reviewed(id, no, act.By, answer));
        }
    }

    private void Decide(Decide act)
    {
        var id = Id(act.Alert);
        Call($"decide {id} {act.Choice}", g => g.GetGrain<IAlertGrain>(id).DecideDuress(new DecideDuress(act.Choice, act.By, "spokeToHer")), (AnswerResult answer) => world.Book.Decided(id, act.Choice, answer));
    }

    private void WriteNote(WriteNote act)
    {
        var id = Id(act.Alert);
        var addition = new AddToAlert { By = act.By, Authorised = true, Note = new Sealed<string>("bm90ZQ") };
        Call($"note {id} {act.By}", g => g.GetGrain<IAlertGrain>(id).Add(addition), (AnswerResult answer) => world.Book.Added(id, addition, answer));
    }

    private int? JourneyOf(int alert, string who) => world.Book.Durable(Id(alert))?.Offers.LastOrDefault(o => o.Responder == who && o.Assignment is not null)?.No;

    /// <summary>The call-taker sees the queue and acts on what she has of this alert, or else on what is there for it.</summary>
    private void OnItem(int alert, string? having, Action<string> act)
    {
        var id = Id(alert);
        Call($"queue for {id}", g => g.GetGrain<IHotlineGrain>(City.Line).Queue(), (QueueView queue) =>
        {
            var item = queue.Items.FirstOrDefault(i => i.AlertId == id && having is not null && i.State is QueueState.Taken && i.TakenBy == having)?.ItemId
                ?? queue.Items.FirstOrDefault(i => i.AlertId == id)?.ItemId
                ?? queue.Open.FirstOrDefault(o => o.AlertId == id)?.TakenItem;
            if (item is not null) act(item);
        });
    }

    private void Nudge(int alert) => Call($"wake {Id(alert)}", g => g.GetGrain<IAlertGrain>(Id(alert)).Wake(), (bool _) => { });
}
