using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Responders;
using Dispatch.Grains.Rows;
using Dispatch.Grains.ServiceAreas;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.ServiceAreas;

/// <summary>Who has much to do, or was asked a moment ago, is not asked before the others.</summary>
public sealed class WorkloadTests
{
    [Fact]
    public void Whoever_has_an_assignment_comes_after_whoever_has_none_until_it_ends()
    {
        using var city = City.Start(OneAtATime());
        city.OnDuty("amal");
        var first = city.Raise();
        city.Accept("amal", first);
        city.OnDuty("noor");

        var second = city.Raise();

        Assert.Equal("noor", Asked(city, second));
        Assert.Equal((1, 0), (Known(city, "amal").Load, Known(city, "noor").Load));
        city.Report("amal", first, Progress.NoConflict);
        city.Report("amal", first, Progress.Done);
        Assert.Equal(0, Known(city, "amal").Load);
    }

    [Fact]
    public void At_her_cap_a_person_is_not_asked_at_all()
    {
        using var city = City.Start(OneAtATime());
        city.OnDuty("amal", change: c => c with { LoadCap = 1 });
        city.Accept("amal", city.Raise());

        var second = city.Raise();

        Assert.Empty(city.State(second).Offers);
    }

    [Fact]
    public void A_drill_keeps_nobody_from_a_real_alert()
    {
        using var city = City.Start(OneAtATime());
        city.OnDuty("amal", change: c => c with { Drill = true, LoadCap = 1 });
        city.Accept("amal", city.Raise(p => p with { Exercise = true, DrillWindowOpen = true }));

        Assert.Equal("amal", Asked(city, city.Raise()));
    }

    [Fact]
    public void Going_off_duty_and_on_again_does_not_make_the_work_vanish()
    {
        using var city = City.Start(OneAtATime());
        city.OnDuty("amal");
        city.Accept("amal", city.Raise());

        city.OffDuty("amal");
        Assert.DoesNotContain(Plan(city).OnDuty, c => c.Responder == "amal");
        city.OnDuty("amal");

        Assert.Equal(1, Known(city, "amal").Load);
        city.OnDuty("amal", area: City.Neighbour);
        Assert.Empty(Plan(city).OnDuty);
        Assert.Equal(1, Assert.Single(Plan(city, City.Neighbour).OnDuty).Load);
    }

    [Fact]
    public void A_workload_that_the_area_could_not_take_is_told_again_and_keeps_no_notice_back()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise();
        city.Phones.ExpectsOffer("noor");
        city.Store.Fault = write => write.Id.Table == "duty" ? new IOException("torn") : null;

        city.Accept("amal", alert);
        city.Phones.ExpectsStandDown("noor");
        Assert.Equal(0, Known(city, "amal").Load);
        Assert.NotEmpty(city.State(alert).Outbox);
        city.Store.Fault = null;
        city.Advance(30);

        Assert.Equal(1, Known(city, "amal").Load);
    }

    /// <summary>Its store takes nothing and says nothing: whoever asks it waits out the deadline.</summary>
    [Fact]
    public void A_hung_area_keeps_neither_her_nor_another_alert_waiting_and_no_notice_comes_twice()
    {
        HangingArea? next = null;
        using var city = City.Start(new CityOptions { Rows = inner => next = new HangingArea(inner) });
        var amal = city.OnDuty("amal");
        city.Host(() => city.Grains.GetGrain<IResponderGrain>("amal").OnDuty(amal, [City.Area, City.Neighbour]));
        var alert = city.Raise();
        next!.Hang();
        city.Accept("amal", alert);
        var told = city.Phones.Arrived.Count(IsNews);
        Assert.Equal(1, told);

        Assert.Equal(alert, Assert.Single(city.Host(() => city.Grains.GetGrain<IResponderGrain>("amal").Assignments())).AlertId);
        var (other, at) = (city.Raise(), city.Now);
        Assert.Contains(city.Phones.Offers("amal"), o => o.At == at && o.Notice.AlertId == other);
        city.Advance(40);
        Assert.Equal(told, city.Phones.Arrived.Count(IsNews));
        Assert.Equal(1, Known(city, "amal").Load);
        Assert.NotEmpty(city.State(alert).Outbox);

        next.Release();
        city.Advance(40);
        Assert.Equal(1, Assert.Single(Plan(city, City.Neighbour).OnDuty).Load);
        Assert.Empty(city.State(alert).Outbox);

        bool IsNews((DateTimeOffset At, Notice Notice) a) => a.Notice.Kind is NoticeKind.AlertChanged && a.Notice.AlertId == alert && a.Notice.Recipient == "amal";
    }

    [Fact]
    public void After_a_crash_the_area_learns_what_it_missed_with_the_next_news()
    {
        using var city = City.Start();
        city.OnDuty("amal");
        var alert = city.Raise();
        city.Store.Fault = write => write.Id.Table == "duty" ? new IOException("torn") : null;
        city.Accept("amal", alert);

        city.CrashAndRestart();
        city.Advance(5);

        Assert.Equal(1, Known(city, "amal").Load);
    }

    [Fact]
    public void Whoever_was_asked_a_moment_ago_has_her_turn_after_the_others()
    {
        using var city = City.Start(OneAtATime());
        city.OnDuty("amal");
        city.OnDuty("noor");
        city.OnDuty("zara");

        Assert.Equal(["amal", "noor", "zara", "amal"], Enumerable.Range(0, 4).Select(_ =>
        {
            var asked = Asked(city, city.Raise());
            city.Advance(1);
            return asked;
        }));
    }

    [Fact]
    public void Noting_who_was_asked_writes_nothing_and_is_lost_at_a_restart_without_harm()
    {
        using var city = City.Start(OneAtATime());
        city.OnDuty("amal");
        city.OnDuty("noor");
        var duty = 0;
        city.Store.Fault = write =>
        {
            if (write.Id.Table is "duty" or "workload" || write.Id.Partition.Contains("serviceArea", StringComparison.Ordinal)) duty++;
            return null;
        };
        Assert.Equal("amal", Asked(city, city.Raise()));
        Assert.NotNull(Known(city, "amal").LastAskedAt);
        Assert.Equal(0, duty);

        city.CrashAndRestart();

        Assert.Null(Known(city, "amal").LastAskedAt);
        Assert.NotNull(Asked(city, city.Raise()));
    }

    private static CityOptions OneAtATime() => new() { Rules = City.DefaultRules() with { Steps = [new(0, 1), new(300, 1)] } };

    private static string Asked(City city, string alert) => Assert.Single(city.State(alert).Offers).Responder;

    private static AreaPlan Plan(City city, string area = City.Area) => city.Host(() => city.Grains.GetGrain<IServiceAreaGrain>(area).Plan())!;

    private static Candidate Known(City city, string name) => Plan(city).OnDuty.Single(c => c.Responder == name);

    /// <summary>The rows of everywhere, of which those of the neighbouring area's people can be made to hang.</summary>
    private sealed class HangingArea(IRows inner) : IRows
    {
        private TaskCompletionSource? _hung;

        public void Hang() => _hung = new TaskCompletionSource();

        public void Release() => _hung!.SetResult();

        public Task<StoredRow<T>?> Read<T>(string table, string partition, string key)
            where T : class => inner.Read<T>(table, partition, key);

        public Task<IReadOnlyList<StoredRow<T>>> List<T>(string table, string partition, string? afterKey, int limit)
            where T : class => inner.List<T>(table, partition, afterKey, limit);

        public Task<IReadOnlyList<StoredRow<T>>> ListDue<T>(string table, DateTimeOffset until, int limit, StoredRow<T>? after = null)
            where T : class => inner.ListDue(table, until, limit, after);

        public async Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes)
        {
            if (_hung is { } hung && changes.Any(c => c is { Table: Tables.Duty, Partition: City.Neighbour })) await hung.Task;
            return await inner.Write(changes);
        }
    }
}
