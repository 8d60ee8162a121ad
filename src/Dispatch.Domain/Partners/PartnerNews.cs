using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;

namespace Dispatch.Domain.Partners;

/// <summary>How one alert stands, as its partner may know it: what she herself reads and less. No name, no organisation, no place.</summary>
public sealed record PartnerNews(SurvivorStatus Status, long Version, int ToldCount, ImmutableArray<PartnerNeed> Needs, DateTimeOffset? ReceivedAt)
{
    /// <summary>Everything that a partner can see change. A version alone is no news.</summary>
    public string Says => string.Join(' ', Needs.Select(n => $"{EnumWords.Of(n.Need)}:{EnumWords.Of(n.State)}/{n.Mode}/{n.EtaMinutes}").Prepend($"{EnumWords.Of(Status)} {ToldCount}"));

    /// <summary>Names this moment of the alert: sent again it is the same event.</summary>
    public string Mark => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Version}.{(int)Status}");

    /// <summary>Nothing comes after it.</summary>
    public bool Last => Status is SurvivorStatus.Ended or SurvivorStatus.Cancelled;

    /// <summary>From her own view, so that whatever she is not told under duress no partner is told either.</summary>
    public static PartnerNews Of(SurvivorView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new PartnerNews(view.Status, view.Version, view.ToldCount, [.. view.Needs.Select(n => new PartnerNeed(n.Need, n.State, n.Mode, n.EtaMinutes))], view.ReceivedAt);
    }
}

public sealed record PartnerNeed(Need Need, NeedStage State, Mode? Mode, int? EtaMinutes);
