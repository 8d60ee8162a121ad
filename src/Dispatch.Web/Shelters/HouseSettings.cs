using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Shelters;

/// <summary>One house as it is set up in the settings. Its address is never there: staff of the house give it.</summary>
public sealed class HouseSettings
{
    /// <summary>Letters, digits, '-' and '_'; part of every hold's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>What its own staff call it, where they work in several; the id otherwise. Shown to nobody else, and no word of where it is.</summary>
    public string? Name { get; set; }

    /// <summary>What the line calls it, as its organisation wishes; the id where it wishes nothing. No word of where it is (see <see cref="HouseNames"/>).</summary>
    public string? LineName { get; set; }
    public string Organisation { get; set; } = "";

    /// <summary>The service areas that it takes people from. They ask houses in the order of these settings.</summary>
    public IList<string> Areas { get; set; } = [];
    public int JourneyMinutes { get; set; }

    /// <summary>Where staff meet her, in words. Never near the house.</summary>
    public string? MeetingPoint { get; set; }
    /// <summary>The number at which the line rings it; for the line alone.</summary>
    public string? Telephone { get; set; }
    public bool Alone { get; set; } = true;
    public bool Children { get; set; } = true;
    public bool ChildrenAlone { get; set; }
    public int? BoysUpTo { get; set; }
    public bool Pregnant { get; set; } = true;
    public bool Wheelchair { get; set; }
    public int? MaxNights { get; set; }
    public bool Pets { get; set; }
    public int FamilyRoomSleeps { get; set; } = 4;

    /// <summary>Hours in which nobody may be on the way there, local time.</summary>
    public IList<ClosedSettings> Closed { get; set; } = [];

    /// <summary>Only in a demo: counted once, at the first start. Of a programme's house only its staff say what it has.</summary>
    internal int FirstBeds { get; set; }

    internal HouseRules Rules => new(Alone, Children, ChildrenAlone, BoysUpTo, Pregnant, Wheelchair, MaxNights, Pets, FamilyRoomSleeps);

    internal static void Check(TenantSettings settings)
    {
        for (var i = 0; i < settings.Houses.Count; i++)
        {
            var house = settings.Houses[i];
            var setting = $"Tenant:Houses:{i}";
            if (!IsId(house.Id)) throw new StartRefusedException($"{setting}:Id must be 1 to 60 letters, digits, '-' or '_'.");
            if (settings.Houses.Count(h => h.Id == house.Id) > 1) throw new StartRefusedException($"{setting}:Id is another house's, too.");
            if (settings.Organisations.All(o => o.Id != house.Organisation)) throw new StartRefusedException($"{setting}:Organisation is not in Tenant:Organisations.");
            if (HouseNames.TellsWhere(house, settings)) throw new StartRefusedException($"{setting}:LineName says where the house is: it has a number, or a word of an area's, a unit's or its meeting point's name.");
            if (house.Areas.Any(area => settings.Areas.All(a => a.Id != area))) throw new StartRefusedException($"{setting}:Areas names an area that is not in Tenant:Areas.");
        }

        for (var i = 0; i < settings.Overflow.Count; i++)
        {
            var place = settings.Overflow[i];
            var setting = $"Tenant:Overflow:{i}";
            if (!IsId(place.Id)) throw new StartRefusedException($"{setting}:Id must be 1 to 60 letters, digits, '-' or '_'.");
            if (settings.Overflow.Count(p => p.Id == place.Id) > 1) throw new StartRefusedException($"{setting}:Id is another place's, too.");
            if (settings.Organisations.All(o => o.Id != place.Organisation)) throw new StartRefusedException($"{setting}:Organisation is not in Tenant:Organisations.");
            if (place.Areas.Any(area => settings.Areas.All(a => a.Id != area))) throw new StartRefusedException($"{setting}:Areas names an area that is not in Tenant:Areas.");
        }

        for (var i = 0; i < settings.People.Count; i++)
        {
            if (settings.People[i].Houses.Any(id => settings.Houses.All(h => h.Id != id))) throw new StartRefusedException($"Tenant:People:{i}:Houses names a house that is not in Tenant:Houses.");
        }
    }

    private static bool IsId(string id) => id.Length is > 0 and <= 60 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

public sealed class ClosedSettings
{
    public TimeOnly From { get; set; }
    public TimeOnly Until { get; set; }
    public ClosedFor Why { get; set; } = ClosedFor.Curfew;
}
