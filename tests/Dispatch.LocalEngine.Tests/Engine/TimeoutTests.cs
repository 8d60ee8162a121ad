namespace Dispatch.LocalEngine.Tests;

public sealed class TimeoutTests
{
    [Fact]
    public void A_timeout_names_the_grain_the_method_and_what_keeps_it_busy()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        world.Begin(() => grain.Work("holds", "door"));
        world.Advance(10);
        var blocked = world.Begin(() => grain.View("blocked"));

        world.Advance(29.999);
        Assert.False(blocked.IsCompleted);
        world.Advance(0.001);

        var timeout = Assert.IsType<TimeoutException>(blocked.Exception!.InnerException);
        Assert.Equal(
            "No answer within 00:00:30 from ProbeGrain probe/a, IProbeGrain.View: it is busy with IProbeGrain.Work for 00:00:40, 1 waiting. The outcome is unknown",
            timeout.Message);
    }

    [Fact]
    public void A_method_may_set_its_own_limit()
    {
        using var world = new World();
        var call = world.Begin(() => world.Grains.GetGrain<IProbeGrain>("a").Hurried("door"));
        world.Advance(2.999);
        Assert.False(call.IsCompleted);
        world.Advance(0.001);
        Assert.IsType<TimeoutException>(call.Exception!.InnerException);
    }

    [Fact]
    public void A_late_answer_is_dropped_and_the_grain_goes_on()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        var call = world.Begin(() => grain.Work("late", "door"));
        world.Advance(31);
        world.Open("door");
        Assert.IsType<TimeoutException>(call.Exception!.InnerException);
        Assert.Contains("late ends", world.Journal.Lines);
        Assert.Equal("next", world.Run(() => grain.Work("next")));
    }

    [Fact]
    public void A_call_whose_caller_gave_up_while_it_waited_is_not_started()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IProbeGrain>("a");
        world.Begin(() => grain.Work("holds", "door"));
        world.Begin(() => grain.Work("given up"));
        world.Advance(31);
        world.Open("door");
        Assert.DoesNotContain("given up begins", world.Journal.Lines);
    }
}
