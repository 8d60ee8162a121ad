using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Contacts;

/// <summary>Opens what she wrote with the key of its own and seals it with that of the alert which takes it.</summary>
internal sealed class CarriedWords(Vault vault) : ICarriesWords
{
    public Sealed<string> Carry(RaiseAlert from, Alert to) =>
        vault.AlertKey(to.Id, to.WrappedKey).Seal(Fields.NoteName, vault.AlertKey(from.Id, from.WrappedKey).Open(Fields.NoteName, from.Note!));
}
