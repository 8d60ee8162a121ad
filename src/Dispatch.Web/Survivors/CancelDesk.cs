using Dispatch.Grains.Alerts;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Sealing;
using Orleans;

namespace Dispatch.Web.Survivors;

/// <summary>Cancels, whatever that means for the PIN that came with it, in one time for all of them: who watches the screen learns nothing from how long it took.</summary>
internal sealed class CancelDesk(IGrainFactory grains, Macs macs, TimeProvider clock)
{
    /// <summary>Longer than any of the paths takes on a healthy host. A slower one waits for the next multiple.</summary>
    public static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(300);

    public async Task Cancel(string alertId, string? pin, CancellationToken aborted)
    {
        var started = clock.GetTimestamp();
        // An overlong or empty PIN is a wrong PIN, not a wrong request.
        var hash = string.IsNullOrEmpty(pin) ? null : macs.Pin(alertId, pin);
        var verdict = await grains.GetGrain<ISurvivorSessionGrain>(alertId).CheckPin(hash);
        await grains.GetGrain<IAlertGrain>(alertId).Cancel(verdict);
        var taken = clock.GetElapsedTime(started);
        var rest = Takes - TimeSpan.FromTicks(taken.Ticks % Takes.Ticks);
        await Task.Delay(rest, clock, aborted);
    }
}
