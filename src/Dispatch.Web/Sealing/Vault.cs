using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Sealing;

/// <summary>Gives out the key of one record. Every alert has a random key of its own, wrapped by the master key: destroying the wrapped key makes the alert unreadable.</summary>
internal sealed class Vault(MasterKey master, IIds ids)
{
    private readonly byte[] _wrapping = master.Derive("wrap");

    public (DataKey Key, string Wrapped) NewAlertKey(string alertId)
    {
        var secret = ids.NewBytes(MasterKey.Bytes);
        var wrapped = Box.Close(_wrapping, ids.NewBytes(Box.NonceBytes), secret, Encoding.UTF8.GetBytes(alertId));
        return (new DataKey(alertId, secret, ids), Base64Url.EncodeToString(wrapped));
    }

    public DataKey AlertKey(string alertId, string wrapped) =>
        Box.Open(_wrapping, Base64Url.DecodeFromChars(wrapped), Encoding.UTF8.GetBytes(alertId)) is { } secret
            ? new DataKey(alertId, secret, ids)
            : throw new CryptographicException("An alert's key does not open with this master key.");

    /// <summary>Hers apart from the alert's: it must open after any retry of a raise, each of which makes a new alert key.</summary>
    public DataKey SessionKey(string alertId) => new("session:" + alertId, master.Derive("session", alertId), ids);

    /// <summary>Of one house: where staff meet people, and where it is.</summary>
    public DataKey ShelterKey(string shelter) => new("shelter:" + shelter, master.Derive("shelter", shelter), ids);

    /// <summary>Of a number that rang or wrote.</summary>
    public DataKey ContactKey(string contactId) => new("contact:" + contactId, master.Derive("contact", contactId), ids);

    public DataKey StaffKey(string accountId) => new("staff:" + accountId, master.Derive("staff", accountId), ids);
}
