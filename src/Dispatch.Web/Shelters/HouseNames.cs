using Dispatch.Domain.ServiceAreas;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Shelters;

/// <summary>What a house may be called outside it. Places that the programme knows, and numbers, are refused; what only people there know, its organisation has to leave out.</summary>
internal static class HouseNames
{
    /// <summary>Shorter words, such as "rue" or "the", are in every name.</summary>
    private const int TellingFrom = 4;

    public static bool TellsWhere(HouseSettings house, TenantSettings settings)
    {
        if (string.IsNullOrWhiteSpace(house.LineName)) return false;
        if (house.LineName.Any(char.IsDigit)) return true;
        var places = settings.Units.SelectMany(unit => unit.Aliases.Append(unit.Name)).Concat(settings.Areas.Select(area => area.Name)).Append(house.MeetingPoint ?? "");
        return places.SelectMany(Words).Intersect(Words(house.LineName)).Any();
    }

    private static IEnumerable<string> Words(string text) => PlaceNames.Plain(text).Split(' ').Where(word => word.Length >= TellingFrom);
}
