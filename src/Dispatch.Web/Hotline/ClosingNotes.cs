using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>What a call-taker writes into the alert, sealed like everything else in it.</summary>
internal sealed class ClosingNotes(IGrainFactory grains, Vault vault)
{
    /// <summary>Before the close: an ended alert takes no more notes, and one that ended meanwhile needs none.</summary>
    public Task Add(Alert alert, string text, string by) =>
        grains.GetGrain<IAlertGrain>(alert.Id).Add(new AddToAlert { Note = vault.AlertKey(alert.Id, alert.WrappedKey).Seal(Fields.NoteName, text), Authorised = true, By = by });
}
