using System.Globalization;

namespace Dispatch.Web.Tests.Leaks;

/// <summary>Where a house is, in words and figures that stand nowhere else in the world.</summary>
/// <param name="Words">Each of them alone would give the house away.</param>
internal sealed record Secret(IReadOnlyList<string> Words, double Latitude, double Longitude)
{
    public static readonly Secret First = new(["Zvyxqua", "Kôrbelhûtte", "ruelle Ŵexfordiq", "7719-QXJ"], -67.7391846, -157.3629175);

    /// <summary>What is set in its place later, and what somebody wanted to set who may not.</summary>
    public static readonly Secret Second = new(["Yqbrunjex", "Ölmwyrzak", "porte Qhvàndel", "8836-VKW"], -71.2846913, -163.8157392);

    public string Text => string.Join(", ", Words);

    /// <summary>
    /// As somebody would send or keep it: all figures, rounded and cut ones down to about a kilometre, other signs for the comma, whole numbers, minutes of arc. Nothing else
    /// that is measured here is negative and so large, so that with their sign few figures are enough; without it there must be more.
    /// </summary>
    public IEnumerable<string> Figures => new[] { Latitude, Longitude }.SelectMany(Of).Distinct();

    private static IEnumerable<string> Of(double degrees)
    {
        var all = degrees.ToString("F7", CultureInfo.InvariantCulture);
        for (var digits = 2; digits <= 7; digits++)
        {
            foreach (var text in new[] { all[..^(7 - digits)], degrees.ToString("F" + digits, CultureInfo.InvariantCulture) })
            {
                yield return text;
                yield return text.Replace('.', ',');
                if (digits < 4) continue;
                yield return text[1..];
                yield return text[1..].Replace('.', ',');
            }
        }

        yield return all[1..].Replace(".", "", StringComparison.Ordinal);

        var size = Math.Abs(degrees);
        var minutes = (int)((size - Math.Floor(size)) * 60);
        yield return string.Create(CultureInfo.InvariantCulture, $"{(int)size}°{minutes:00}");
        yield return string.Create(CultureInfo.InvariantCulture, $"{(int)size}° {minutes:00}");
    }
}
