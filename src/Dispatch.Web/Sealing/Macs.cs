using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Domain.Numbers;

namespace Dispatch.Web.Sealing;

/// <summary>Keyed fingerprints: what is stored to be recognised again can neither be read nor found by trying.</summary>
internal sealed class Macs(MasterKey master)
{
    private readonly byte[] _idempotency = master.Derive("mac/key");
    private readonly byte[] _body = master.Derive("mac/body");
    private readonly byte[] _account = master.Derive("mac/account");
    private readonly byte[] _pin = master.Derive("pin");
    private readonly byte[] _limit = master.Derive("mac/limit");
    private readonly byte[] _number = master.Derive("mac/number");
    private readonly byte[] _contact = master.Derive("mac/contact");
    private readonly byte[] _text = master.Derive("mac/text");
    private readonly byte[] _check = master.Derive("check");
    private readonly byte[] _organisation = master.Derive("mac/organisation");

    private readonly byte[] _receipt = master.Derive("mac/receipt");
    private readonly byte[] _partner = master.Derive("mac/partner");
    private readonly byte[] _partnerAlert = master.Derive("mac/partnerAlert");
    private readonly byte[] _webhook = master.Derive("webhook");

    public string IdempotencyKey(string owner, Guid key) => Text(_idempotency, $"{owner}\0{key:D}");

    public string Body(ReadOnlySpan<byte> canonical) => Base64Url.EncodeToString(HMACSHA256.HashData(_body, canonical));

    /// <summary>An account's id says nothing about its user name, and is found from it without a table.</summary>
    public string AccountId(string tenant, string userName) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_account, Encoding.UTF8.GetBytes($"{tenant}\0{userName.Trim().ToLowerInvariant()}")).AsSpan(0, 16));

    /// <summary>An organisation that may be the one who brought her: whoever reads the data must not learn which it was.</summary>
    public string Organisation(string tenant, string id) => Text(_organisation, $"{tenant}\0{id}");

    public string Pin(string alertId, string pin) => Text(_pin, $"{alertId}\0{pin}");

    /// <summary>Of a colleague, and of her alone: two with the same digits have different hashes.</summary>
    public string StaffPin(string account, string pin) => Text(_pin, $"staff\0{account}\0{pin}");

    /// <summary>One try of one PIN: the same again is a repeat, another PIN under the same key is not.</summary>
    public string Attempt(Guid key, string pin) => Text(_pin, $"{key:D}\0{pin}");

    public string SignInBucket(string userName, string address) => Text(_limit, $"{userName.Trim().ToLowerInvariant()}\0{address}");

    /// <summary>Finds who registered a number, and tells it to nobody.</summary>
    public string Number(PhoneNumber number) => Text(_number, number.E164);

    /// <summary>One number on one line: found from it without a table, and by nobody else.</summary>
    public string Contact(string tenant, string line, string number) => Text(_contact, $"{tenant}\0{line}\0{number}");

    /// <summary>The reference of one text: 22 characters that say nothing.</summary>
    public string Text(string what) => Base64Url.EncodeToString(HMACSHA256.HashData(_text, Encoding.UTF8.GetBytes(what)).AsSpan(0, 16));

    /// <summary>Proves that this account raised this alert, without anything that says so being stored.</summary>
    public string Receipt(string account, string alertId) => Base64Url.EncodeToString(HMACSHA256.HashData(_receipt, Encoding.UTF8.GetBytes($"{account}\0{alertId}")).AsSpan(0, 16));

    public string PartnerKey(string key) => Text(_partner, key);

    /// <summary>An alert's id from the partner's key of its raise: the same raise is the same alert, and no partner can mean another's.</summary>
    public string PartnerAlert(string partner, Guid key) => Base64Url.EncodeToString(HMACSHA256.HashData(_partnerAlert, Encoding.UTF8.GetBytes($"{partner}\0{key:D}")).AsSpan(0, 18));

    /// <summary>What signs the calls to a partner's webhook; made anew from the same place each time, so that it is stored nowhere.</summary>
    public byte[] WebhookSecret(string partner, int serial) => HMACSHA256.HashData(_webhook, Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{partner}\0{serial}")));

    public string Setting(string name, string value) => Text(_check, $"{name}\0{value}");

    /// <summary>Stored beside the data: tells at start whether the data was sealed with this master key.</summary>
    public string MasterCheck() => Text(_check, "");

    /// <summary>In the same time whatever is given.</summary>
    public static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static string Text(byte[] key, string text) => Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
