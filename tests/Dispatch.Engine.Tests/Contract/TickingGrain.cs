using Orleans;
using Orleans.Runtime;

namespace Dispatch.Engine.Tests;

[Alias("contract.ticking")]
public interface ITickingGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>A negative period: one tick.</summary>
    [Alias("startTimer")]
    Task StartTimer(double due, double period, string? fails = null);

    [Alias("changeTimer")]
    Task ChangeTimer(double due);

    [Alias("stopTimer")]
    Task StopTimer();

    [Alias("hold")]
    Task Hold(string gate);

    [Alias("remind")]
    Task Remind(double due, double period);

    [Alias("forget")]
    Task<bool> Forget();

    [Alias("end")]
    Task End();
}

[GrainType("contract-ticking")]
public sealed class TickingGrain(Journal journal) : Grain, ITickingGrain
{
    private const string Reminder = "watch";
    private IGrainTimer? _timer;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Write(Key, $"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task StartTimer(double due, double period, string? fails)
    {
        _timer = this.RegisterGrainTimer(
            failure =>
            {
                journal.Write(Key, "tick");
                return failure is null ? Task.CompletedTask : throw new ProbeException(failure);
            },
            fails,
            new GrainTimerCreationOptions(TimeSpan.FromSeconds(due), period < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period)));
        return Task.CompletedTask;
    }

    public Task ChangeTimer(double due)
    {
        _timer!.Change(TimeSpan.FromSeconds(due), Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold(string gate)
    {
        journal.Write(Key, "hold begins");
        await journal.Gate(gate).Task;
        journal.Write(Key, "hold ends");
    }

    public Task Remind(double due, double period) => this.RegisterOrUpdateReminder(Reminder, TimeSpan.FromSeconds(due), TimeSpan.FromSeconds(period));

    public async Task<bool> Forget()
    {
        if (await this.GetReminder(Reminder) is not { } reminder) return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        journal.Write(Key, reminderName);
        return Task.CompletedTask;
    }
}
