using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Contacts;

/// <summary>What the line or her device said in the alert holds for the number that it is about: the machine asks just before it rings.</summary>
public sealed class HeedingStories
{
    [Fact]
    public void A_phone_that_the_line_marked_as_unsafe_in_the_alert_is_not_rung()
    {
        using var story = new Story();
        story.City.Host(() => story.City.Alert("alert-by-call").PhoneUnsafe("fatou"));
        story.Misses();
        Assert.Empty(story.Back.Rung);
        Assert.Equal(QueueState.Ringing, story.Hers.Item(RingReason.CallBackOwed).State);
    }

    [Fact]
    public void A_cancel_under_duress_silences_the_number_too()
    {
        using var story = new Story();
        story.City.Host(() => story.City.Alert("alert-by-call").Cancel(PinVerdict.Duress));
        story.Misses();
        Assert.Empty(story.Back.Rung);
    }

    [Fact]
    public void An_earlier_alert_of_the_number_silences_it_as_well()
    {
        using var story = new Story();
        story.City.Advance(3600);
        story.Hers.PressesNine("later-alert");
        Assert.Equal("later-alert", story.Hers.State!.Tie!.AlertId);
        story.City.Host(() => story.City.Alert("alert-by-call").PhoneUnsafe("fatou"));
        story.Misses();
        Assert.Empty(story.Back.Rung);
    }

    [Fact]
    public void An_alert_that_many_others_followed_goes_on_silencing_the_number()
    {
        using var story = new Story();
        story.City.Host(() => story.City.Alert("alert-by-call").PhoneUnsafe("fatou"));
        story.Follow(6);
        Assert.DoesNotContain(story.Hers.State!.FormerTies, t => t.AlertId == "alert-by-call");
        Assert.Equal(4, story.Hers.State.FormerTies.Length);
        story.Misses();
        Assert.Empty(story.Back.Rung);
        Assert.True(story.Hers.State.Mark!.Unsafe);
    }

    [Fact]
    public void One_that_does_not_answer_makes_no_room_until_it_does()
    {
        var silence = new Silence();
        using var story = new Story(silence);
        story.City.Host(() => story.City.Alert("alert-by-call").PhoneUnsafe("fatou"));
        story.Follow(4);
        silence.On = true;
        story.City.CrashAndRestart();
        story.Follow(1, "late");
        Assert.Contains(story.Hers.State!.FormerTies, t => t.AlertId == "alert-by-call");
        silence.On = false;
        story.City.Advance(60);
        story.Misses();
        Assert.Empty(story.Back.Rung);
        Assert.DoesNotContain(story.Hers.State.FormerTies, t => t.AlertId == "alert-by-call");
    }

    [Fact]
    public void While_an_alert_of_hers_does_not_answer_nothing_rings()
    {
        var silence = new Silence();
        using var story = new Story(silence);
        silence.On = true;
        story.City.CrashAndRestart();
        story.Misses();
        Assert.Empty(story.Back.Rung);
        silence.On = false;
        story.City.Advance(60);
        Assert.NotEmpty(story.Back.Rung);
    }

    [Fact]
    public void Without_such_a_word_it_is_rung()
    {
        using var story = new Story();
        story.Misses();
        Assert.Single(story.Back.Rung);
    }

    /// <summary>She asked for help by telephone a while ago.</summary>
    internal sealed class Story : IDisposable
    {
        public Story(Silence? silence = null)
        {
            City = City.Start(new CityOptions { CallsBack = Back, Rows = silence is null ? null : real => new SilentAlerts(real, silence) });
            Hers = new Telephone(City, "1");
            Hers.Rings();
            Hers.PressesNine("alert-by-call");
            Hers.TakenBy("fatou", RingReason.CallRinging);
            Hers.HangsUp();
            Hers.Claimed(line => line.Close(Hers.State!.Items.Single().Ring.ItemId, "fatou", EndedHow.Resolved));
            City.Advance(60);
        }

        public RingsBack Back { get; } = new();
        public City City { get; }
        public Telephone Hers { get; }

        /// <summary>She asks for help again and again, each time later than what is taken for the same.</summary>
        public void Follow(int times, string name = "later")
        {
            for (var n = 0; n < times; n++)
            {
                City.Advance(3600);
                Hers.PressesNine($"{name}-{n}");
                City.Advance(30);
            }
        }

        /// <summary>She rings, nobody has her call, and she hangs up.</summary>
        public void Misses()
        {
            Hers.Rings("call-2");
            Hers.HangsUp("call-2");
            City.Advance(30);
        }

        public void Dispose() => City.Dispose();
    }

    internal sealed class Silence
    {
        public bool On { get; set; }
    }

    /// <summary>No alert that is not in memory can be read.</summary>
    internal sealed class SilentAlerts(IRows inner, Silence silence) : IRows
    {
        public Task<StoredRow<T>?> Read<T>(string table, string partition, string key)
            where T : class => inner.Read<T>(table, partition, key);

        public Task<IReadOnlyList<StoredRow<T>>> List<T>(string table, string partition, string? afterKey, int limit)
            where T : class => silence.On && table == Tables.Deliveries ? throw new TimeoutException("silent") : inner.List<T>(table, partition, afterKey, limit);

        public Task<IReadOnlyList<StoredRow<T>>> ListDue<T>(string table, DateTimeOffset until, int limit, StoredRow<T>? after = null)
            where T : class => inner.ListDue(table, until, limit, after);

        public Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes) => inner.Write(changes);
    }
}
