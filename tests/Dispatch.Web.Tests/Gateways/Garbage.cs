using System.Text;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>What no gateway says: bodies of no shape, of the wrong shape, in the wrong letters, and too large.</summary>
internal static class Garbage
{
    public const string Json = "application/json";
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>The largest that is read is sixteen thousand bytes.</summary>
    public static byte[] TooLarge { get; } = Encoding.ASCII.GetBytes("text=" + new string('x', 20_000));

    public static (string Type, byte[] Body)[] All { get; } =
    [
        (Json, []),
        (Json, Text("not json at all")),
        (Json, Text("null")),
        (Json, Text("[1,2,3]")),
        (Json, Text("\"a word\"")),
        (Json, Text(new string('[', 5_000))),
        (Json, Text("""{"id":{},"event":["incoming"],"payload":"x","sessionId":1,"phoneNumber":[],"type":true,"input":{},"call":{},"needs":"x"}""")),
        // Halves of characters, in words and in names.
        (Json, Text("""{"id":"\ud800","event":"\udfff","sessionId":"\ud800","type":"\ud800","call":"\ud800","payload":{"sender":"\ud800","message":"\udc00"},"needs":["\ud800"]}""")),
        (Json, Text("""{"\ud800payloadpayload":{},"\ud800eventevent":1,"\udc00needsneedsneeds":[],"needs":1}""")),
        (Json, [.. "{\"id\":\""u8, 0xff, 0xfe, 0xc3, 0x28, .. "\",\"event\":\"x\",\"needs\":[\""u8, 0xff, .. "\"]}"u8]),
        (Json, Encoding.Unicode.GetBytes("""{"event":"incoming","call":"x"}""")),
        (Form, []),
        (Form, Text("%zz=%ff%fe&=&&%00=%00&%ed%a0%80=%ed%a0%80")),
        (Form, Text(string.Join('&', Enumerable.Range(0, 300).Select(n => $"f{n}={n}")))),
        ("multipart/form-data", Text("--\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nx")),
        ("text/xml; charset=utf-16", Text("<text/>")),
        ("", Text("id")),
    ];

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
