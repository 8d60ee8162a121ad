using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Domain.Protocols;

/// <summary>
/// Who would be told, and when, if an alert came in and nobody answered. The real rules run on an alert that is never stored, so the answer is what would
/// happen; only a drill shows whether the phones ring.
/// </summary>
public static class Preview
{
    /// <param name="here">People of the area, on duty at <paramref name="at"/> or not.</param>
    /// <param name="everybody">The same and those of its neighbours.</param>
    /// <param name="at">When the alert comes in.</param>
    public static PreviewOfNeed Of(Rules rules, Need need, AreaSetup setup, string area, IReadOnlyCollection<Candidate> here, IReadOnlyCollection<Candidate> everybody, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(setup);
        var press = new RaiseAlert { Id = "preview", Tenant = setup.Tenant, Organisation = "", Area = area, Line = setup.Line, KeyMac = "", BodyMac = "", WrappedKey = "", Needs = [need] };
        var alert = ((Decision.Changed)Raising.Raise(null, press, at)).Alert;
        alert = ((Decision.Changed)Asking.Open(alert, rules, at)).Alert;
        var steps = ImmutableArray.CreateBuilder<PreviewStep>();
        while (Asking.NextStepAt(alert, alert.Needs[0]) is { } due)
        {
            var rule = rules.StepsOf(need)[alert.Needs[0].NextStep];
            if (Asking.EnterStep(alert, need, rule.Everybody ? everybody : here, due) is not Decision.Changed entered) break;
            steps.Add(new PreviewStep(
                alert.Needs[0].NextStep, (int)(due - at).TotalSeconds, rule.Everybody,
                [.. entered.Alert.Offers[alert.Offers.Length..].Select(o => new PreviewPerson(o.Responder, o.Modes))]));
            alert = entered.Alert;
        }

        return new PreviewOfNeed(need, alert.Needs[0].Stage is NeedStage.Closed, steps.ToImmutable(), Matching.WhyNot(alert, need, here.Where(p => alert.Offers.All(o => o.Responder != p.Responder)), at));
    }
}

/// <param name="NeedsConsent">Nobody is asked for it before she agrees.</param>
/// <param name="NotAsked">People of the area whom no step reaches, and the first rule that keeps each from it.</param>
public sealed record PreviewOfNeed(Need Need, bool NeedsConsent, ImmutableArray<PreviewStep> Steps, ImmutableArray<(string Responder, NotAsked Why)> NotAsked);

/// <param name="AfterSeconds">After the alert came in, when no phone confirms and nobody answers; an empty step is passed over at once.</param>
/// <param name="Everybody">The area's neighbours as well.</param>
public sealed record PreviewStep(int Step, int AfterSeconds, bool Everybody, ImmutableArray<PreviewPerson> People);

public sealed record PreviewPerson(string Responder, ImmutableArray<Mode> Modes);
