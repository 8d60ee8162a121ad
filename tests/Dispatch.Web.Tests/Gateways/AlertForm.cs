using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>
/// What an alert says of her and of who was asked, so that two can be laid beside each other. Left out is what makes each another: ids, times, keys, sealed words, how it came and how
/// sure one is of who asks, and which human has it.
/// </summary>
internal static class AlertForm
{
    public static string Of(Alert alert) => string.Join('\n', Lines(alert));

    /// <summary>The rules that it runs under, whole.</summary>
    public static string RulesOf(Alert alert) => JsonSerializer.Serialize(alert.Rules, DispatchJson.Options);

    private static IEnumerable<string> Lines(Alert a)
    {
        yield return $"{a.Tenant} {a.Organisation} {a.Area} {a.Line} {a.Language} {a.Stage} ended:{a.Ending is not null}";
        yield return $"exercise:{a.Exercise} late:{a.Late} duress:{a.DuressAt is not null} phoneUnsafe:{a.PhoneUnsafeAt is not null}";
        yield return $"chose:{a.Chose} wished:{string.Join(',', a.Wished)} modes:{string.Join(',', a.WishedModes)} age:{a.AgeBand} reach:{a.Reach}";
        yield return $"consents:{a.Consents.Length} women:{a.WomenOnly} not:{a.Exclusions.Responders.Length}/{a.Exclusions.Organisations.Length}/{a.Exclusions.InHerWords.Length} place:{a.Place is not null} party:{a.Party is not null}";
        foreach (var need in a.Needs.OrderBy(n => n.Need)) yield return $"need {need.Need} {need.Stage} of {need.Quorum}";
        foreach (var offer in a.Offers) yield return $"asked for {offer.Need}: {offer.Organisation.Kind} in step {offer.Step} by {string.Join(',', offer.Modes)}, {offer.State} {offer.Assignment?.Mode} {offer.Assignment?.EtaMinutes}";
        foreach (var bed in a.Beds?.Requests ?? []) yield return $"bed in {bed.Shelter} of {bed.Organisation.Kind}: {bed.State}";
        yield return $"rings:{a.Ring is { } ring && a.Taken?.ItemId != ring.ItemId} beside:{string.Join(',', a.Alarms.Select(alarm => alarm.Ring.Reason))}";
    }
}
