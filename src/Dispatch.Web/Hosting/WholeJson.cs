using System.Text;
using System.Text.RegularExpressions;

namespace Dispatch.Web.Hosting;

/// <summary>
/// JSON from programs that cut texts by their length: half a character at the end of what she wrote must not cost her the whole of it. What is no character is replaced, as a form's is.
/// </summary>
internal static partial class WholeJson
{
    private const int Escaped = 6;

    public static string Of(ReadOnlySpan<byte> body) => Escapes().Replace(Encoding.UTF8.GetString(body), found => found.Length is Escaped ? @"\ufffd" : found.Value);

    /// <summary>A backslash that is written out, a character in its two halves, and one half alone.</summary>
    [GeneratedRegex(@"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")]
    private static partial Regex Escapes();
}
