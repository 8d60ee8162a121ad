using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>What a call-taker writes into the alert, sealed like everything else in it.</summary>
internal sealed class StaffNotes(IGrainFactory grains, Vault vault)
{
    /// <summary>Before the close: an ended alert takes no more notes, and one that ended meanwhile needs none. The same words by the same person stand once: the close was repeated.</summary>
    public async Task<Refusal?> Add(Alert alert, string text, string by)
    {
        var key = vault.AlertKey(alert.Id, alert.WrappedKey);
        if (alert.Notes.Any(n => n.By == by && key.Open(Fields.NoteName, n.Text) == text)) return null;
        return (await grains.GetGrain<IAlertGrain>(alert.Id).Add(new AddToAlert { Note = key.Seal(Fields.NoteName, text), Authorised = true, By = by })).Refused;
    }
}
