using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Orleans;

namespace Dispatch.Web.Contacts;

/// <summary>
/// Alerts that a number is or was tied to, as far as they say so at once. What she does now must not wait for an alert of March, nor fail with it: a text is kept, a call is taken, and what is
/// not known is a human's to look at.
/// </summary>
internal sealed class EarlierAlerts(IGrainFactory grains, TimeProvider clock, ILogger<EarlierAlerts> log)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    public async Task<EarlierAlert> Ask(string id)
    {
        try
        {
            return new EarlierAlert((await grains.GetGrain<IAlertGrain>(id).HotlineView().WaitAsync(Within, clock))?.Alert, Answers: true);
        }
#pragma warning disable CA1031 // Whatever keeps it from answering, it must not keep her.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("An alert of a number does not answer, and what comes from the number is taken without it: {Failure}", failure.GetType().Name);
            return new EarlierAlert(null, Answers: false);
        }
    }
}

/// <param name="Alert">Null where there is none, and where it does not answer.</param>
internal sealed record EarlierAlert(Alert? Alert, bool Answers)
{
    public static EarlierAlert None { get; } = new(null, Answers: true);
}
