using Dispatch.Storage;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.LocalEngine.Tests;

public sealed class ReminderTests
{
    [Fact]
    public void A_reminder_ticks_at_its_start_and_then_every_period()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IReminderGrain>("a");
        world.Run(() => grain.Register("watch", due: 90, period: 60));
        world.Advance(300);
        Assert.Equal(["a watch 90", "a watch 150", "a watch 210", "a watch 270"], world.Journal.Take());
    }

    [Fact]
    public void A_tick_activates_the_grain()
    {
        using var world = new World();
        world.Run(() => world.Grains.GetGrain<IReminderGrain>("a").Register("watch", 1200, 3600));
        world.Advance(1199);
        Assert.Equal(0, world.Silo.Activations);
        world.Advance(1);
        Assert.Equal(["a watch 1200"], world.Journal.Take());
    }

    [Fact]
    public void A_reminder_survives_a_crash_and_a_tick_missed_meanwhile_goes_to_the_next_period()
    {
        using var world = new World();
        world.Run(() => world.Grains.GetGrain<IReminderGrain>("a").Register("watch", 60, 60));
        world.Advance(60);
        world.Silo.Kill();
        world.Advance(90);
        Assert.Equal(["a watch 60"], world.Journal.Take());
        world.Crash();
        Assert.True(world.Silo.RemindersReady.IsCompletedSuccessfully);
        world.Advance(29.999);
        Assert.Empty(world.Journal.Take());
        world.Advance(0.001);
        Assert.Equal(["a watch 180"], world.Journal.Take());
    }

    [Fact]
    public void It_is_durable_when_the_registration_answers()
    {
        using var world = new World();
        var refuse = true;
        world.Store.Fault = _ => refuse ? new StoreUnavailableException("full") : null;
        var grain = world.Grains.GetGrain<IReminderGrain>("a");
        Assert.Throws<ReminderException>(() => world.Run(() => grain.Register("watch", 60, 60)));
        world.Advance(120);
        Assert.Empty(world.Journal.Take());
        refuse = false;
        world.Run(() => grain.Register("watch", 60, 60));
        Assert.Single(world.Store.Disk.Rows);
    }

    [Fact]
    public void Registering_again_replaces_and_unregistering_ends_it()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IReminderGrain>("a");
        world.Run(() => grain.Register("watch", 60, 60));
        world.Run(() => grain.Register("watch", 100, 60));
        world.Advance(100);
        Assert.Equal(["a watch 100"], world.Journal.Take());
        Assert.True(world.Run(() => grain.Unregister("watch")));
        Assert.False(world.Run(() => grain.Unregister("watch")));
        world.Advance(1000);
        Assert.Empty(world.Journal.Take());
        Assert.Empty(world.Store.Disk.Rows);
    }

    [Fact]
    public void A_failed_tick_is_logged_and_not_repeated_before_the_next_period()
    {
        using var world = new World();
        world.Run(() => world.Grains.GetGrain<IReminderGrain>("broken").Register("watch", 60, 60));
        world.Advance(119);
        Assert.Equal(["broken watch 60"], world.Journal.Take());
        world.Advance(1);
        Assert.Equal(["broken watch 120"], world.Journal.Take());
        Assert.Equal(2, world.Journal.Logged.Count(line => line.Contains("grain-reminders/reminder/broken/watch failed", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_tick_that_hangs_does_not_hold_up_the_reminders_of_others()
    {
        using var world = new World();
        world.Run(() => world.Grains.GetGrain<IReminderGrain>("hangs").Register("watch", 60, 60));
        world.Run(() => world.Grains.GetGrain<IReminderGrain>("other").Register("watch", 61, 60));
        world.Advance(61);
        Assert.Equal(["hangs watch 60", "other watch 61"], world.Journal.Take());
        world.Advance(59);
        world.Advance(1);
        Assert.Equal(["other watch 121"], world.Journal.Take());
    }

    [Fact]
    public void Reminders_are_not_ready_before_they_are_loaded_and_loading_does_not_give_up()
    {
        using var world = new World();
        world.Run(() => world.Grains.GetGrain<IReminderGrain>("a").Register("watch", 60, 60));
        world.Crash(listFault: () => world.Clock.GetUtcNow() < World.Start.AddSeconds(10) ? new IOException("not yet") : null);
        var registration = world.Begin(() => world.Grains.GetGrain<IReminderGrain>("b").Register("watch", 60, 60));
        world.Advance(9);
        Assert.False(world.Silo.RemindersReady.IsCompleted);
        Assert.False(registration.IsCompleted);
        world.Advance(1);
        Assert.True(world.Silo.RemindersReady.IsCompletedSuccessfully);
        Assert.True(registration.IsCompletedSuccessfully);
        world.Advance(50);
        Assert.Equal(["a watch 60"], world.Journal.Take());
    }

    [Fact]
    public void Periods_under_a_minute_and_grains_that_cannot_be_reminded_are_refused()
    {
        using var world = new World();
        var grain = world.Grains.GetGrain<IReminderGrain>("a");
        Assert.Throws<ArgumentException>(() => world.Run(() => grain.Register("watch", 60, 59)));
        Assert.Throws<ArgumentOutOfRangeException>(() => world.Run(() => grain.Register("watch", -1, 60)));
        Assert.Throws<InvalidOperationException>(() => world.Run(world.Grains.GetGrain<IUnremindableGrain>("a").Register));
    }

    [Fact]
    public void Thousands_are_loaded_and_fire_in_due_order()
    {
        using var world = new World();
        for (var i = 0; i < 2_500; i++)
        {
            var (key, due) = ($"g{i:0000}", 60 + (i * 7919 % 2_500));
            world.Run(() => world.Grains.GetGrain<IReminderGrain>(key).Register("watch", due, 3600));
        }

        world.Crash();
        Assert.True(world.Silo.RemindersReady.IsCompletedSuccessfully);
        world.Advance(60 + 2_500);
        var ticks = world.Journal.Take();
        Assert.Equal(2_500, ticks.Length);
        Assert.Equal(Enumerable.Range(60, 2_500).Select(s => $"{s}"), ticks.Select(t => t.Split(' ')[2]));
    }
}

public interface IReminderGrain : IGrainWithStringKey, IRemindable
{
    Task Register(string name, double due, double period);

    Task<bool> Unregister(string name);
}

public sealed class ReminderGrain(Journal journal, TimeProvider clock) : Grain, IReminderGrain
{
    public Task Register(string name, double due, double period) =>
        this.RegisterOrUpdateReminder(name, TimeSpan.FromSeconds(due), TimeSpan.FromSeconds(period));

    public async Task<bool> Unregister(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
        {
            return false;
        }

        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Assert.Equal(clock.GetUtcNow().UtcDateTime, status.CurrentTickTime);
        journal.Write($"{this.GetPrimaryKeyString()} {reminderName} {(clock.GetUtcNow() - World.Start).TotalSeconds}");
        switch (this.GetPrimaryKeyString())
        {
            case "broken":
                throw new ProbeException("tick");
            case "hangs":
                await journal.Gate("never").Task;
                break;
        }
    }
}

public interface IUnremindableGrain : IGrainWithStringKey
{
    Task Register();
}

public sealed class UnremindableGrain : Grain, IUnremindableGrain
{
    public Task Register() => this.RegisterOrUpdateReminder("x", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
}
