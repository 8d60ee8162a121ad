using Dispatch.Domain.Alerts;
using Dispatch.Grains.Rows;
using Dispatch.LocalEngine;
using Dispatch.Storage;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts;

/// <summary>One whole story, crashed at every single write, just before and just after it became durable. Whoever got no answer repeats, as a phone does.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_story_crashed_at_any_write_ends_as_if_nothing_had_happened(bool afterTheWrite)
    {
        var (writes, _) = Play(int.MaxValue, afterTheWrite);
        Assert.InRange(writes, 20, 200);
        for (var crashAt = 1; crashAt <= writes; crashAt++)
        {
            var (_, crashed) = Play(crashAt, afterTheWrite);
            Assert.True(crashed, $"write {crashAt} was never reached");
        }
    }

    /// <summary>Where another host may still be sending, the next one waits for its lease, and no longer.</summary>
    [Fact]
    public void On_a_cluster_the_next_host_sends_when_the_lease_of_the_dead_one_has_run_out()
    {
        using var city = City.Start(new CityOptions { Alone = false });
        city.OnDuty("amal");
        city.Phones.Before = _ => new Domain.Channels.DeliveryResult.Later(TimeSpan.FromSeconds(1), "busy");
        city.Raise();
        city.Phones.Before = null;

        city.CrashAndRestart(TimeSpan.FromMilliseconds(10));
        Assert.Empty(city.Phones.Offers("amal"));
        city.Advance(3);

        city.Phones.ExpectsOffer("amal");
    }

    [Fact]
    public void A_raise_that_failed_half_way_leaves_nothing_that_rings_for_ever()
    {
        using var city = City.Start();
        city.Store.Fault = write => write.Id.Table == "grain-state" ? new IOException("torn") : null;
        Assert.ThrowsAny<Exception>(() => city.Raise());
        city.Store.Fault = null;
        Assert.Single(city.Queue().Items);

        city.Advance(TimeSpan.FromMinutes(6));

        Assert.Empty(city.Queue().Items);
    }

    /// <summary>The first try stored the alert and not its watch row; what the second one acknowledges rings without the alert's own code.</summary>
    [Fact]
    public void A_raise_that_is_repeated_is_acknowledged_with_its_watch_row_or_not_at_all()
    {
        using var city = City.Start();
        var press = city.Press();
        city.Store.Fault = write => write.Id.Table == "watch" ? new StoreUnavailableException("full") : null;
        Assert.ThrowsAny<Exception>(() => city.Raise(press));
        Assert.ThrowsAny<Exception>(() => city.Raise(press));
        city.Store.Fault = null;

        city.Raise(press);

        Assert.Single(city.Queue().Items);
    }

    /// <summary>The row says that somebody has accepted, the alert does not, and the first try to put that right fails too.</summary>
    [Fact]
    public void A_watch_row_that_could_not_be_put_right_at_first_is_put_right_later()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var alert = city.Raise();
        city.Advance(61);
        city.Store.Fault = write => write.Id.Table == "grain-state" ? new StoreUnavailableException("torn") : null;
        Assert.ThrowsAny<Exception>(() => city.Accept("amal", alert));
        Assert.Empty(city.Queue().Items);
        city.Store.Fault = write => write.Id.Table == "watch" ? new StoreUnavailableException("full") : null;
        city.Advance(3);
        city.Store.Fault = null;

        city.Advance(3);

        Assert.Equal(Domain.Hotline.QueueState.Ringing, Assert.Single(city.Queue().Items).State);
    }

    /// <summary>The acceptance is stored, its watch row is not, and nobody repeats it: the row that is there says that nothing is due for long.</summary>
    [Fact]
    public void A_decision_that_was_stored_by_half_is_acted_on_within_seconds()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise();
        city.Advance(16);
        city.Store.Fault = write => write.Id.Table == "watch" ? new StoreUnavailableException("full") : null;
        Assert.ThrowsAny<Exception>(() => city.Accept("amal", alert));
        city.Store.Fault = null;

        city.Advance(5);

        city.Phones.ExpectsStandDown("noor");
    }

    private static (int Writes, bool Crashed) Play(int crashAt, bool after)
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var story = new Story(city, crashAt, after);
        var press = city.Press();

        story.Do(() => city.Raise(press));
        story.Do(() => city.Receipt("amal", press.Id));
        story.Do(() => city.Accept("amal", press.Id, eta: 12));
        story.Do(() => city.Report("amal", press.Id, Progress.NoConflict));
        story.Do(() => city.Report("amal", press.Id, Progress.Arrived));
        story.Do(() => city.Report("amal", press.Id, Progress.Done));
        story.Do(() => city.Advance(20));

        var alert = city.State(press.Id);
        Assert.Equal(EndedHow.Resolved, alert.Ending?.How);
        Assert.Equal("amal", Assert.Single(alert.Offers, o => o.State is OfferState.Accepted).Responder);
        Assert.Empty(city.Offers("noor"));
        Assert.Empty(city.Queue().Items);
        Assert.Empty(alert.Outbox);
        var history = city.Host(() => city.Alert(press.Id).HotlineView())!.History;
        Assert.Equal(
            [HistoryKind.Raised, HistoryKind.NeedOpened, HistoryKind.StepEntered, HistoryKind.Offered, HistoryKind.Accepted, HistoryKind.Withdrawn, HistoryKind.Progress, HistoryKind.Progress, HistoryKind.Progress, HistoryKind.Resolved],
            history.Select(e => e.Kind));
        Assert.Contains(city.Phones.Offers("amal"), _ => true);
        return (story.Writes, story.Crashed);
    }

    private sealed class Story
    {
        private readonly City _city;
        private readonly int _crashAt;
        private readonly bool _after;

        public Story(City city, int crashAt, bool after)
        {
            (_city, _crashAt, _after) = (city, crashAt, after);
            Watch();
        }

        public int Writes { get; private set; }
        public bool Crashed { get; private set; }

        /// <summary>Does it; when the process dies meanwhile, starts it again and repeats.</summary>
        public void Do(Action act)
        {
            var before = Crashed;
            try
            {
                act();
            }
            catch (Exception) when (Crashed && !before)
            {
            }

            if (Crashed == before) return;
            _city.Clock.Advance(TimeSpan.FromSeconds(1));
            _city.Boot();
            act();
        }

        private void Watch()
        {
            if (_after) _city.Store.LostAnswer = Crash;
            else _city.Store.Fault = Crash;
        }

        private Exception? Crash(RowWrite write)
        {
            if (++Writes != _crashAt) return null;
            Crashed = true;
            _city.Crash();
            return new IOException($"power cut at write {Writes} to {write.Id.Table}");
        }
    }
}
