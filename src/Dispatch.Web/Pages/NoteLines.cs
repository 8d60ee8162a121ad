using System.Globalization;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;

namespace Dispatch.Web.Pages;

/// <summary>Her view in words, for the page without scripts; the newest news first, because the first line is shown large.</summary>
internal static class NoteLines
{
    public static IEnumerable<string> Of(SurvivorView view, Texts texts, DateTimeOffset now, TimeSpan localOffset, Func<SeenMeeting, string?> landmark)
    {
        if (view.Status is SurvivorStatus.Cancelled) return [texts["carnet.cancelled"]];
        var time = Clock(view.ReceivedAt ?? now, texts, localOffset);
        var accepted = view.Needs.Where(n => n.Mode is not null).Select(n => Accepted(n, texts, now)).ToArray();
        string[] news = view.Status switch
        {
            SurvivorStatus.Ended => [texts["carnet.ended"]],
            _ when accepted.Length > 0 => view.HumanAnswered ? [.. accepted, texts["carnet.withHuman"]] : accepted,
            _ when view.HumanAnswered => [texts["carnet.withHuman"]],
            SurvivorStatus.NobodyYet => [texts["carnet.nobodyYet"]],
            _ => [],
        };
        // Without scripts she cannot answer: what a call-taker agreed with her is shown.
        news = [.. news, .. view.Needs.Where(n => n.Meeting is { Agreed: true }).Select(n => (n.Need, Place: landmark(n.Meeting!))).Where(m => m.Place is not null).Select(m => texts.Say(m.Need is Need.Transport ? "carnet.meet.car" : "carnet.meet.here", ("place", m.Place!)))];
        string[] told = view.ToldCount > 0 ? [texts.Count("carnet.told", view.ToldCount)] : [];
        return news.Length + told.Length == 0 ? [texts.Say("carnet.received", ("time", time))] : [.. news, .. told, texts.Say("carnet.receivedAt", ("time", time))];
    }

    private static string Accepted(SurvivorNeed need, Texts texts, DateTimeOffset now)
    {
        if (need.Leg is { } leg) return texts[$"accepted.transport.{EnumWords.Of(leg)}"];
        var minutes = need.EtaAt is { } at ? (int)Math.Ceiling((at - now).TotalMinutes) : 0;
        return texts.Say($"accepted.{EnumWords.Of(need.Need)}.{EnumWords.Of(need.Mode!.Value)}", ("soon", minutes > 0 ? texts.Count("common.soon", minutes) : ""));
    }

    private static string Clock(DateTimeOffset at, Texts texts, TimeSpan localOffset)
    {
        var local = at.ToOffset(localOffset);
        var half = local.Hour % 12;
        return texts.Say(
            "common.time",
            ("h", local.Hour.ToString(CultureInfo.InvariantCulture)),
            ("h12", (half == 0 ? 12 : half).ToString(CultureInfo.InvariantCulture)),
            ("m", local.Minute.ToString("00", CultureInfo.InvariantCulture)),
            ("ampm", texts[local.Hour < 12 ? "common.am" : "common.pm"]));
    }
}
