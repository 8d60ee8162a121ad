using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dispatch.Web.Gateways;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.WebUtilities;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>How a gateway proves who it is: by the secret in the address, by Twilio's signature, or by one over the body and the time.</summary>
internal enum Proof { Address = 1, Twilio = 2, Timed = 3 }

/// <summary>Who calls in a gateway's name; none: the gateway itself.</summary>
internal enum Forger { None = 0, Guesses = 1, BringsNothing = 2, HasAnOldCopy = 3 }

/// <summary>One address that gateways call, and what a real one says there.</summary>
/// <param name="Part">Behind the gateway's name; empty for what comes in.</param>
/// <param name="Says">Its fields, of this number and under this id.</param>
/// <param name="Needed">The fields without which nobody could act on it.</param>
internal sealed record Webhook(Carried What, string Name, string Part, Proof Proof, string Type, Func<string, string, (string Name, object Value)[]> Says, params string[] Needed)
{
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(6);

    public static Webhook[] All { get; } =
    [
        new(Carried.Sms, "kannel", "", Proof.Address, Garbage.Form, (from, id) => [("id", id), ("from", from), ("text", "docteur svp")], "id", "from", "text"),
        new(Carried.Sms, "africa", "", Proof.Address, Garbage.Form, (from, id) => [("id", id), ("from", from), ("text", "docteur svp")], "id", "from", "text"),
        new(Carried.Sms, "twilio", "", Proof.Twilio, Garbage.Form, (from, id) => [("MessageSid", id), ("From", from), ("Body", "docteur svp")], "MessageSid", "From", "Body"),
        new(Carried.Sms, "phone", "", Proof.Timed, Garbage.Json, (from, id) => [("id", id), ("event", "sms:received"), ("payload", new { sender = from, message = "docteur svp" })], "id", "event", "payload"),
        new(Carried.Sms, "kannel", "/reports", Proof.Address, Garbage.Form, (_, id) => [("ref", id), ("state", "1")]),
        new(Carried.Sms, "africa", "/reports", Proof.Address, Garbage.Form, (_, id) => [("id", id), ("status", "Success")]),
        new(Carried.Sms, "twilio", "/reports", Proof.Twilio, Garbage.Form, (_, id) => [("ref", id), ("MessageStatus", "delivered")]),
        new(Carried.Sms, "phone", "/reports", Proof.Timed, Garbage.Json, (_, id) => [("id", id), ("event", "sms:delivered"), ("payload", new { messageId = id })]),
        new(Carried.Ussd, "africa", "", Proof.Address, Garbage.Form, (from, id) => [("sessionId", id), ("serviceCode", "*384*1#"), ("phoneNumber", from), ("text", "1*12*1*1")], "sessionId", "text"),
        new(Carried.Ussd, "signed", "", Proof.Timed, Garbage.Json, (from, id) => [("sessionId", id), ("phoneNumber", from), ("type", "continue"), ("input", "9"), ("sequence", 1)], "sessionId", "type", "input"),
        new(Carried.Ussd, "plain", "", Proof.Address, Garbage.Json, (from, id) => [("sessionId", id), ("phoneNumber", from), ("type", "continue"), ("input", "9"), ("sequence", 1)], "sessionId", "type", "input"),
        new(Carried.Voice, "bridge", "", Proof.Address, Garbage.Json, (from, id) => [("event", "incoming"), ("call", id), ("from", from), ("to", "80333")], "event", "call"),
        new(Carried.Voice, "twilio", "", Proof.Twilio, Garbage.Form, (from, id) => [("CallSid", id), ("Direction", "inbound"), ("From", from), ("To", "+22680001287"), ("CallStatus", "ringing")], "CallSid", "Direction"),
        new(Carried.Voice, "africa", "", Proof.Address, Garbage.Form, (from, id) => [("sessionId", id), ("direction", "Inbound"), ("callerNumber", from), ("destinationNumber", "+22920000000"), ("isActive", "1")], "sessionId", "isActive"),
    ];

    /// <summary>A report acts on what left and on nothing else: one that says nothing is taken and forgotten, for an error would only make the gateway say it again.</summary>
    public bool Reports => Part.Length > 0;

    public string Route => $"gateways/{Word}/{{provider}}{Part}{(Proof is Proof.Address ? "/{secret}" : "")}";

    private string Word => What.ToString().ToLowerInvariant();

    public override string ToString() => $"{Word}/{Name}{Part}";

    public IEnumerable<Forger> Forgers => Enum.GetValues<Forger>().Where(who => who is not Forger.None && (who is not Forger.HasAnOldCopy || Proof is Proof.Timed));

    public Task<Answer> Send(EveryWayHost host, (string Name, object Value)[] fields, Forger who = Forger.None) => Send(host, Type, Body(fields), who);

    public Task<Answer> Send(EveryWayHost host, string type, byte[] body, Forger who = Forger.None)
    {
        var path = $"/gateways/{Word}/{Name}{Part}";
        var content = new ByteArrayContent(body);
        if (type.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", type);
        var guesses = who is Forger.Guesses;
        return (Proof, who) switch
        {
            (_, Forger.BringsNothing) => host.Anybody().Send(HttpMethod.Post, path, content),
            (Proof.Address, _) => host.Anybody().Send(HttpMethod.Post, $"{path}/{(guesses ? "another-secret-16" : EveryWayHost.Secret)}", content),
            (Proof.Twilio, _) => host.Anybody().Send(HttpMethod.Post, path, content, ("X-Twilio-Signature", Twilio(path, type, body, guesses ? "guessed" : EveryWayHost.Token))),
            _ => host.Anybody().Send(HttpMethod.Post, path, content, Timed(body, host.Clock.GetUtcNow() - (who is Forger.HasAnOldCopy ? Old : TimeSpan.Zero), guesses ? "guessed" : EveryWayHost.SigningKey)),
        };
    }

    private byte[] Body((string Name, object Value)[] fields) => Encoding.UTF8.GetBytes(Type == Garbage.Json
        ? JsonSerializer.Serialize(fields.ToDictionary(f => f.Name, f => f.Value))
        : string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString((string)f.Value)}")));

    private static string Twilio(string path, string type, byte[] body, string token)
    {
        using var form = new FormReader(type == Garbage.Form ? Encoding.UTF8.GetString(body) : "");
        var fields = form.ReadForm().OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => f.Value.Select(value => f.Key + value));
        var signed = TwilioCaller.PublicUrl.TrimEnd('/') + path + string.Concat(fields);
#pragma warning disable CA5350 // Theirs is made so.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
    }

    private static (string, string)[] Timed(byte[] body, DateTimeOffset at, string key)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. body, .. Encoding.UTF8.GetBytes(time)];
        return [("X-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed))), ("X-Timestamp", time)];
    }
}
