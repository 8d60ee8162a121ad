using System.Buffers.Text;
using System.Globalization;

namespace Dispatch.Benchmarks.Clients;

/// <summary>How the people of a benchmark are reached beside their open pages: their browsers' address at the push service and their numbers, and who an address belongs to.</summary>
internal static class FarSide
{
    private const string Prefix = "+22370";
    private const int Digits = 6;

    /// <summary>Nobody decrypts here: everybody's browser has the same keys, those of RFC 8291's example.</summary>
    public const string P256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    public const string Auth = "BTBZMqHH6r4Tts7J_aSIgg";

    public static string Number(int person) => Prefix + person.ToString("D6", CultureInfo.InvariantCulture);

    public static Uri Browser(Uri service, int person) => new(service, string.Create(CultureInfo.InvariantCulture, $"/push/{person}"));

    public static object BrowserDevice(Uri service, int person) => new { kind = "webPush", endpoint = Browser(service, person).ToString(), p256dh = P256dh, auth = Auth };

    public static object NumberDevice(int person) => new { kind = "sms", number = Number(person) };

    /// <summary>Whose browser a push is for, and whether it asks her: what takes back lives longer (see <c>PushData</c>).</summary>
    public static (int Person, bool Asks) Push(ReadOnlySpan<byte> head) => (After(head, "/push/"u8), head.IndexOf("\r\nTTL: 120\r\n"u8) >= 0);

    /// <summary>Whose number a text is for, and whether it asks her.</summary>
    public static (int Person, bool Asks) Text(ReadOnlySpan<byte> head) => (After(head, "to=%2B22370"u8), head.IndexOf("text=Message"u8) >= 0);

    /// <summary>The same of a line that a network got from Kannel.</summary>
    public static (int Person, bool Asks) Line(string line)
    {
        var at = line.IndexOf(Prefix, StringComparison.Ordinal) + Prefix.Length;
        return (int.Parse(line.AsSpan(at, Digits), CultureInfo.InvariantCulture), line.Contains(" text Message ", StringComparison.Ordinal));
    }

    private static int After(ReadOnlySpan<byte> head, ReadOnlySpan<byte> before) =>
        head.IndexOf(before) is >= 0 and var at && Utf8Parser.TryParse(head[(at + before.Length)..], out int person, out _) ? person : throw new FormatException("Not the address of anybody here.");
}
