using System.Globalization;

namespace Dispatch.Domain;

/// <summary>Keys of rows in the order of their times, the newest first: a page of a list is the newest of it, and what is too old is at the end.</summary>
public static class NewestFirst
{
    public static string Key(DateTimeOffset at) => (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);
}
