using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Rows;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Contacts;

/// <summary>What a number asked for, while one of its alerts cannot be reached.</summary>
public sealed class OwedStories
{
    [Fact]
    public void One_alert_that_does_not_answer_keeps_nothing_back_that_goes_elsewhere()
    {
        using var story = new Story();
        story.Hers.PressesNine("second-alert", Need.Shelter);
        Assert.Equal("first-alert", Assert.Single(story.Hers.State!.Raises).Into);
        story.City.Advance(31 * 60);
        story.Hers.PressesNine("third-alert", Need.Legal);
        story.City.Advance(10);
        Assert.Equal(Stage.Open, story.City.Host(() => story.City.Alert("third-alert").HotlineView())?.Alert.Stage);
        Assert.Equal(("third-alert", true), (story.Hers.State!.Tie!.AlertId, story.Hers.State.Tie.Raised));

        story.Troubled = false;
        story.City.Advance(60);
        Assert.Empty(story.Hers.State!.Raises);
        Assert.Contains(Need.Shelter, story.City.State("first-alert").Wished.Concat(story.City.State("first-alert").Needs.Select(n => n.Need)));
        Assert.Equal("third-alert", story.Hers.State.Tie!.AlertId);
    }

    [Fact]
    public void A_human_hears_of_it_within_seconds_and_once()
    {
        using var story = new Story();
        story.Hers.PressesNine("second-alert", Need.Shelter);
        Assert.Empty(story.Waiting);
        story.City.Advance(10);
        var item = Assert.Single(story.Waiting);
        Assert.Equal(QueueState.Ringing, item.State);
        story.Hers.TakenBy("fatou", RingReason.TextWaiting);
        story.Hers.Claimed(line => line.Close(item.ItemId, "fatou", EndedHow.Resolved));
        story.City.Advance(600);
        Assert.Empty(story.Waiting);
        Assert.Single(story.Hers.State!.Raises);
    }

    [Fact]
    public void What_goes_to_one_alert_still_goes_in_order()
    {
        using var story = new Story();
        story.Hers.PressesNine("second-alert", Need.Shelter);
        story.City.Advance(5);
        // By itself it would be tried again sooner than what came before it and failed more often.
        story.Hers.PressesNine("third-alert", Need.Legal);
        story.City.Advance(2.5);
        Assert.Equal(["second-alert", "third-alert"], story.Hers.State!.Raises.Select(r => r.Command.Id));
        story.Troubled = false;
        story.City.Advance(60);
        Assert.Equal([Need.Psychosocial, Need.Shelter, Need.Legal], story.City.State("first-alert").Needs.Select(n => n.Need));
    }

    /// <summary>She asked for help, and what holds her alert cannot be read any more.</summary>
    private sealed class Story : IDisposable
    {
        public Story()
        {
            City = City.Start(new CityOptions { Rows = real => new TroubledAlert(real, this) });
            Hers = new Telephone(City, "1");
            Hers.PressesNine("first-alert", Need.Psychosocial);
            Troubled = true;
            City.CrashAndRestart();
        }

        public bool Troubled { get; set; }
        public City City { get; }
        public Telephone Hers { get; }

        public IEnumerable<QueueItem> Waiting => City.Queue().Items.Where(i => i.ContactId == Hers.Id && i.Reason is RingReason.TextWaiting);

        public void Dispose() => City.Dispose();
    }

    private sealed class TroubledAlert(IRows inner, Story story) : IRows
    {
        public Task<StoredRow<T>?> Read<T>(string table, string partition, string key)
            where T : class => inner.Read<T>(table, partition, key);

        public Task<IReadOnlyList<StoredRow<T>>> List<T>(string table, string partition, string? afterKey, int limit)
            where T : class => story.Troubled && table == Tables.Deliveries && partition == "first-alert" ? throw new TimeoutException("silent") : inner.List<T>(table, partition, afterKey, limit);

        public Task<IReadOnlyList<StoredRow<T>>> ListDue<T>(string table, DateTimeOffset until, int limit, StoredRow<T>? after = null)
            where T : class => inner.ListDue(table, until, limit, after);

        public Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes) => inner.Write(changes);
    }
}
