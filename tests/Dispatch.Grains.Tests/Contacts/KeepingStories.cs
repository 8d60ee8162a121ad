using System.Text;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Contacts;

/// <summary>A number from which nothing comes any more is really gone, whatever breaks meanwhile; and begins anew when something does.</summary>
public sealed class KeepingStories
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);

    [Fact]
    public void Once_it_was_idle_for_so_long_nothing_of_it_is_on_the_disk()
    {
        using var story = new Story();
        story.Asks("alert-1");
        story.Ends("alert-1");
        story.Served();
        Assert.NotEmpty(story.OnDisk());
        Assert.True(story.Looks());
        Assert.NotNull(story.Hers.State);

        story.City.Advance(Soon);
        Assert.True(story.Looks());
        Assert.Null(story.Hers.State);
        // What the line's figures count of it says nothing of whose it was, and has its own time.
        Assert.All(story.OnDisk(), row => Assert.Equal(Tables.LineFigures, row));
        Assert.False(story.Looks());
        story.City.CrashAndRestart();
        Assert.Null(story.Hers.State);
    }

    [Fact]
    public void What_comes_then_is_a_beginning_and_rings_as_any_other()
    {
        using var story = new Story();
        story.Asks("alert-1");
        var first = story.Hers.State!.Items.Single().Ring.ItemId;
        story.Ends("alert-1");
        story.Served();
        story.City.Advance(Soon);
        story.Looks();

        story.Hers.Rings("call-2");
        // By the same id as the one that somebody took and closed long ago: it rings, and can be taken.
        Assert.Equal(first, story.Hers.Item(RingReason.CallRinging).ItemId);
        Assert.Equal(QueueState.Ringing, story.Hers.Item(RingReason.CallRinging).State);
        Assert.Null(story.Hers.State!.Tie);
        Assert.Single(story.Hers.State.Calls);
        Assert.Null(story.Hers.TakenBy("awa", RingReason.CallRinging).Refused);
    }

    [Fact]
    public void Whatever_is_owed_then_is_done_also_where_it_was_done_before()
    {
        using var story = new Story();
        for (var time = 1; time <= 2; time++)
        {
            story.Hers.Rings();
            story.Hers.HangsUp();
            story.City.Advance(200);
            Assert.Equal(2 * time, story.Back.Rung.Count);
            Assert.Equal(2 * time, story.City.Phones.Arrived.Where(a => a.Notice.Kind is NoticeKind.Untaken).Select(a => (a.Notice.Recipient, a.At)).Distinct().Count());
            story.Hers.TakenBy("fatou", RingReason.CallBackOwed);
            story.Hers.Claimed(line => line.Close(story.Hers.State!.Items.Single().Ring.ItemId, "fatou", EndedHow.Resolved));
            story.City.Advance(Soon);
            Assert.True(story.Looks());
            Assert.Null(story.Hers.State);
        }
    }

    [Fact]
    public void While_its_alert_is_open_it_stays()
    {
        using var story = new Story();
        story.Asks("alert-1");
        story.Served();
        story.City.Advance(Soon);
        Assert.True(story.Looks());
        Assert.Equal("alert-1", story.Hers.State!.Tie!.AlertId);
        Assert.Equal(story.City.Now + ContactKeeping.LookEvery, story.DueAt());
    }

    [Fact]
    public void While_somebody_waits_it_stays()
    {
        using var story = new Story();
        story.Hers.Rings();
        // The officer and the backup were called meanwhile; after that nothing happens to it.
        story.City.Advance(2 * Soon);
        Assert.True(story.Looks());
        Assert.NotNull(story.Hers.State);
        Assert.Equal(QueueState.Ringing, story.Hers.Item(RingReason.CallRinging).State);
    }

    [Fact]
    public void A_phone_that_its_alert_says_is_in_other_hands_is_never_rung_afterwards_either()
    {
        using var story = new Story();
        story.Asks("alert-1");
        story.City.Host(() => story.City.Alert("alert-1").PhoneUnsafe("fatou"));
        story.Ends("alert-1");
        story.Served();
        story.City.Advance(Soon);
        story.Looks();
        Assert.Equal((true, true), (story.Hers.State!.Mark!.Unsafe, story.Hers.State.Mark.Kept));
        Assert.Null(story.Hers.State.Number);
        Assert.Null(story.Hers.State.Tie);
        Assert.DoesNotContain("\"box\"", story.State(), StringComparison.Ordinal);
        Assert.Null(story.DueAt());

        story.City.CrashAndRestart();
        story.Hers.Rings("call-2");
        story.Hers.HangsUp("call-2");
        story.City.Advance(30);
        Assert.Empty(story.Back.Rung);
        Assert.NotNull(story.Hers.State!.Number);
        // It is looked at again: what came now has its time, too.
        Assert.Equal(story.City.Now - TimeSpan.FromSeconds(30) + ContactKeeping.Least, story.DueAt());
    }

    [Fact]
    public void Without_such_a_word_the_next_missed_call_is_rung()
    {
        using var story = new Story();
        story.Asks("alert-1");
        story.Ends("alert-1");
        story.Served();
        story.City.Advance(Soon);
        story.Looks();
        story.Hers.Rings("call-2");
        story.Hers.HangsUp("call-2");
        story.City.Advance(30);
        Assert.Single(story.Back.Rung);
    }

    [Fact]
    public void An_alert_that_does_not_answer_keeps_it()
    {
        var silence = new HeedingStories.Silence();
        using var story = new Story(silence);
        story.Asks("alert-1");
        story.Ends("alert-1");
        story.Served();
        story.City.Advance(Soon);
        silence.On = true;
        story.City.CrashAndRestart();
        Assert.ThrowsAny<Exception>(() => story.Looks());
        silence.On = false;
        Assert.NotNull(story.Hers.State);
        Assert.True(story.Looks());
        Assert.Null(story.Hers.State);
    }

    [Theory]
    [InlineData("grain-state")]
    [InlineData(Tables.Claims)]
    [InlineData(Tables.Contacts)]
    public void Whatever_write_fails_it_is_forgotten_the_next_time(string table)
    {
        using var story = new Story();
        story.Asks("alert-1");
        story.Ends("alert-1");
        story.Served();
        story.City.Advance(Soon);
        story.City.Store.Fault = write => write.Id.Table == table ? new IOException("no") : null;
        Assert.ThrowsAny<Exception>(() => story.Looks());
        story.City.Store.Fault = null;
        // False only where all that was left is the row by which it is found, which whoever looks takes away.
        Assert.Equal(table != Tables.Contacts, story.Looks());
        Assert.Null(story.Hers.State);
        Assert.All(story.OnDisk(), row => Assert.True(row == Tables.LineFigures || (row == table && table == Tables.Contacts), row));
    }

    [Fact]
    public void What_never_became_a_contact_is_nothing_to_forget()
    {
        using var story = new Story();
        Assert.False(story.Looks());
        Assert.Empty(story.OnDisk());
    }

    private sealed class Story : IDisposable
    {
        public Story(HeedingStories.Silence? silence = null)
        {
            City = City.Start(new CityOptions { CallsBack = Back, Rows = silence is null ? null : real => new HeedingStories.SilentAlerts(real, silence) });
            Hers = new Telephone(City, "hers");
        }

        public RingsBack Back { get; } = new();
        public City City { get; }
        public Telephone Hers { get; }

        public void Asks(string alert)
        {
            Hers.Rings();
            Hers.PressesNine(alert);
            City.Advance(5);
        }

        public void Ends(string alert)
        {
            var item = City.Queue().Items.Single(i => i.AlertId == alert && i.ContactId is null).ItemId;
            City.Take(item, "fatou");
            City.Host(() => City.Grains.GetGrain<IHotlineGrain>(City.Line).Close(item, "fatou", EndedHow.Resolved));
            City.Host(() => City.Alert(alert).Wake());
            City.Advance(5);
        }

        /// <summary>A human had her call, and nothing is owed any more.</summary>
        public void Served()
        {
            Hers.TakenBy("fatou", RingReason.CallRinging);
            Hers.HangsUp();
            Hers.Claimed(line => line.Close(Hers.State!.Items.Single().Ring.ItemId, "fatou", EndedHow.Resolved));
            City.Advance(90);
        }

        public bool Looks() => City.Host(() => Hers.Grain.Forget(Soon));

        /// <summary>Everything that names her, by table.</summary>
        public IReadOnlyList<string> OnDisk() => [.. City.Disk.Rows.Where(r => r.Id.Key.Contains(Hers.Id, StringComparison.Ordinal) || r.Id.Partition.Contains(Hers.Id, StringComparison.Ordinal)).Select(r => r.Id.Table)];

        public string State() => Encoding.UTF8.GetString(City.Disk.Rows.Single(r => r.Id.Table == "grain-state" && r.Id.Partition.Contains(Hers.Id, StringComparison.Ordinal)).Body.Span);

        public DateTimeOffset? DueAt() => City.Host(() => new LocalRows(City.Store).Read<KeptContact>(Tables.Contacts, City.Line, Hers.Id))?.Due;

        public void Dispose() => City.Dispose();
    }
}
