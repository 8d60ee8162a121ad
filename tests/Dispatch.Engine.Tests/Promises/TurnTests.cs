using System.Collections.Immutable;

namespace Dispatch.Engine.Tests;

[Collection(EngineSuite.Name)]
public sealed class TurnTests(World world)
{
    /// <summary>Which of those that wait is next is not promised: on a cluster calls of one caller may overtake each other.</summary>
    [Fact]
    public async Task Calls_run_one_at_a_time()
    {
        var grain = world.Grains.GetGrain<IProbeGrain>("turns");
        var first = grain.Work("first", "turns door");
        await World.Until(() => world.Journal.Of("turns").Contains("first begins"));
        var others = Enumerable.Range(0, 20).Select(n => grain.Work($"other{n}")).ToArray();
        world.Open("turns door");
        await Task.WhenAll(others.Append(first));
        var lines = world.Journal.Of("turns");
        Assert.Equal(["activated", "first begins", "first ends"], lines.Take(3));
        Assert.Equal(20, lines.Skip(3).Chunk(2).Count(turn => turn[0].Replace("begins", "ends", StringComparison.Ordinal) == turn[1]));
    }

    [Fact]
    public async Task Grains_do_not_wait_for_each_other()
    {
        var held = world.Grains.GetGrain<IProbeGrain>("held").Work("held", "held door");
        Assert.Equal("free", await World.Do(() => world.Grains.GetGrain<IProbeGrain>("free").Work("free")));
        Assert.False(held.IsCompleted);
        world.Open("held door");
        await held;
    }

    /// <summary>
    /// A writer waits for the read-only call that came first, and only for that: when it ends, Orleans lets the writer begin beside others that still run. So a
    /// read-only method takes what it needs before it awaits anything.
    /// </summary>
    [Fact]
    public async Task Read_only_calls_run_side_by_side_and_none_begins_beside_a_writer()
    {
        var grain = world.Grains.GetGrain<IProbeGrain>("views");
        var first = grain.View("view1", "views door1");
        await World.Until(() => world.Journal.Of("views").Contains("view1 begins"));
        var second = grain.View("view2", "views door2");
        await World.Until(() => world.Journal.Of("views").Contains("view2 begins"));
        var write = grain.Work("write", "views door3");
        world.Open("views door1");
        await first;
        world.Open("views door2");
        await World.Until(() => world.Journal.Of("views").Contains("write begins"));
        var third = grain.View("view3");
        world.Open("views door3");
        await Task.WhenAll(second, write, third);
        Assert.Equal(
            ["activated", "view1 begins", "view2 begins", "view1 ends", "write begins", "write ends", "view3 begins", "view3 ends"],
            world.Journal.Of("views").Where(line => line != "view2 ends"));
    }

    /// <summary>It neither waits for what runs nor holds up what comes.</summary>
    [Fact]
    public async Task A_call_that_interleaves_runs_beside_every_other()
    {
        var grain = world.Grains.GetGrain<IProbeGrain>("beside");
        var write = grain.Work("write", "beside door1");
        await World.Until(() => world.Journal.Of("beside").Contains("write begins"));
        var first = grain.Beside("first", "beside door2");
        await World.Until(() => world.Journal.Of("beside").Contains("first begins"));
        Assert.Equal("second", await World.Do(() => grain.Beside("second")));
        world.Open("beside door1");
        await write;
        Assert.Equal("next", await World.Do(() => grain.Work("next")));
        world.Open("beside door2");
        await first;
        Assert.Equal(
            ["activated", "write begins", "first begins", "second begins", "second ends", "write ends", "next begins", "next ends", "first ends"],
            world.Journal.Of("beside"));
    }

    [Fact]
    public async Task What_a_grain_awaits_comes_back_to_its_own_scheduler()
    {
        var stays = world.Grains.GetGrain<IProbeGrain>("stays").StaysOnItsScheduler();
        await World.Until(() => stays.IsCompleted);
        Assert.True(await stays);
    }

    [Fact]
    public async Task What_a_grain_does_not_await_goes_on_in_its_own_turns()
    {
        await World.Do(() => world.Grains.GetGrain<IProbeGrain>("unawaited").Unawaited("unawaited door"));
        world.Open("unawaited door");
        await World.Until(() => world.Journal.Of("unawaited").Length == 2);
        Assert.Equal(["activated", "later, in its own turn"], world.Journal.Of("unawaited"));
    }

    [Fact]
    public async Task A_grain_calls_another()
    {
        Assert.Equal("asked", await World.Do(() => world.Grains.GetGrain<IProbeGrain>("asks").CallOther("asked", "asked")));
        Assert.Contains("asked ends", world.Journal.Of("asked"));
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_as_it_is_and_the_grain_goes_on()
    {
        var grain = world.Grains.GetGrain<IProbeGrain>("throws");
        var thrown = await Assert.ThrowsAsync<ProbeException>(() => World.Do(() => grain.Throw("no")));
        Assert.Equal("no", thrown.Message);
        Assert.Equal("goes on", await World.Do(() => grain.Work("goes on")));
        Assert.Single(world.Journal.Of("throws"), "activated");
    }

    [Fact]
    public async Task Everything_that_records_are_made_of_arrives()
    {
        var sent = new Parcel(
            "a",
            Size.Large,
            Size.Small,
            [new Item("glass", true), new Item("rope", false)],
            ImmutableDictionary<string, int>.Empty.Add("x", 1),
            new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(4)),
            TimeSpan.FromSeconds(90));
        var back = await World.Do(() => world.Grains.GetGrain<IProbeGrain>("echo").Echo(sent));
        Assert.Equal(sent with { Items = back.Items, Counts = back.Counts }, back);
        Assert.Equal<Item>([.. sent.Items], [.. back.Items]);
        Assert.Equal(sent.Counts, back.Counts);
    }

    [Fact]
    public async Task A_call_ends_by_its_own_limit_and_a_late_answer_changes_nothing()
    {
        var grain = world.Grains.GetGrain<IProbeGrain>("late");
        var late = grain.Hurried("late", "late door");
        await World.Pass(1.5);
        await Assert.ThrowsAsync<TimeoutException>(() => late.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.DoesNotContain("late ends", world.Journal.Of("late"));
        world.Open("late door");
        Assert.Equal("next", await World.Do(() => grain.Work("next")));
        Assert.Equal(["activated", "late begins", "late ends", "next begins", "next ends"], world.Journal.Of("late"));
    }

    [Fact]
    public async Task A_call_whose_caller_gave_up_while_it_waited_is_not_started()
    {
        var grain = world.Grains.GetGrain<IProbeGrain>("given up");
        var holds = grain.Work("holds", "given up door");
        await World.Until(() => world.Journal.Of("given up").Contains("holds begins"));
        var waits = grain.Hurried("waits", "never");
        await World.Pass(1.5);
        await Assert.ThrowsAsync<TimeoutException>(() => waits.WaitAsync(TimeSpan.FromSeconds(5)));
        world.Open("given up door");
        await holds;
        await World.Do(() => grain.Work("next"));
        Assert.DoesNotContain("waits begins", world.Journal.Of("given up"));
    }
}
