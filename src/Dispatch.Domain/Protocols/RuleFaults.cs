using System.Collections.Immutable;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Protocols;

/// <summary>One thing wrong with a protocol.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Where">Which part of the document, as a path: <c>needs[health].steps[1]</c>.</param>
public sealed record RuleFault(string Code, string Where);

/// <summary>Everything wrong with a protocol at once, so that whoever edits it need not find it out one by one.</summary>
public static class RuleFaults
{
    public const int MaxSteps = 12;
    public const int MaxQuorum = 4;

    public static IEnumerable<RuleFault> Of(Rules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        foreach (var fault in OfSteps(rules.Steps, "steps")) yield return fault;
        foreach (var fault in OfDefaults(rules.DefaultNeeds)) yield return fault;
        if (rules.Needs.IsDefault) yield return new("needs_missing", "needs");
        else
        {
            if (rules.Needs.DistinctBy(n => n.Need).Count() != rules.Needs.Length) yield return new("need_twice", "needs");
            foreach (var fault in rules.Needs.SelectMany(OfNeed)) yield return fault;
        }

        if (rules.HumanAfterSeconds is < 1 or > 600) yield return new("human_after_out_of_bounds", "humanAfterSeconds");
        if (rules.DutyOfficerAfterSeconds is < 1 or > 600) yield return new("duty_officer_after_out_of_bounds", "dutyOfficerAfterSeconds");
        if (rules.BackupAfterSeconds is < 1 or > 600) yield return new("backup_after_out_of_bounds", "backupAfterSeconds");
        if (rules.DeliveryGraceSeconds is < 0 or > 120) yield return new("delivery_grace_out_of_bounds", "deliveryGraceSeconds");
        if (rules.TextAfterSeconds is < 0 or > 600) yield return new("text_after_out_of_bounds", "textAfterSeconds");
        if (rules.CallAfterSeconds is < 0 or > 600) yield return new("call_after_out_of_bounds", "callAfterSeconds");
        if (!IsLimit(rules.CallWithinSeconds)) yield return new("limit_out_of_bounds", "callWithinSeconds");
        if (!IsLimit(rules.JourneyWithinSeconds)) yield return new("limit_out_of_bounds", "journeyWithinSeconds");
        if (!IsLimit(rules.RideWithinSeconds ?? 60)) yield return new("limit_out_of_bounds", "rideWithinSeconds");
        if (rules.CheckInEverySeconds is < 60 or > 4 * 3600) yield return new("check_in_out_of_bounds", "checkInEverySeconds");
        if (!rules.HumanBases.IsDefault && rules.HumanBases.Contains(DisclosureBasis.Consent)) yield return new("consent_is_no_human_basis", "humanBases");
        if (rules.Rest is not { Hours: >= 0 and <= 72, NightFromHour: >= 0 and <= 23, NightUntilHour: >= 0 and <= 23, UtcOffsetMinutes: >= -720 and <= 840 }) yield return new("rest_out_of_bounds", "rest");
    }

    private static IEnumerable<RuleFault> OfSteps(ImmutableArray<StepRule> steps, string where)
    {
        if (steps.IsDefaultOrEmpty)
        {
            yield return new("steps_empty", where);
            yield break;
        }

        if (steps.Length > MaxSteps) yield return new("too_many_steps", where);
        if (steps[0].AfterSeconds != 0) yield return new("first_step_not_at_once", $"{where}[0]");
        for (var i = 0; i < steps.Length; i++)
        {
            if (i > 0 && steps[i].AfterSeconds <= steps[i - 1].AfterSeconds) yield return new("steps_not_in_order", $"{where}[{i}]");
            if (steps[i].AfterSeconds > 3600) yield return new("step_too_late", $"{where}[{i}]");
            if (steps[i].PerNeed is < 1 or > Rules.MaxPerStep) yield return new("step_size_out_of_bounds", $"{where}[{i}]");
        }
    }

    private static IEnumerable<RuleFault> OfDefaults(ImmutableArray<Need> needs)
    {
        if (needs.IsDefaultOrEmpty)
        {
            yield return new("default_needs_empty", "defaultNeeds");
            yield break;
        }

        // Nothing automatic ever tells police without her consent (design §4).
        if (needs.Contains(Need.Police)) yield return new("police_by_default", "defaultNeeds");
        if (needs.Distinct().Count() != needs.Length) yield return new("need_twice", "defaultNeeds");
    }

    private static IEnumerable<RuleFault> OfNeed(NeedRule rule)
    {
        var where = $"needs[{EnumWords.Of(rule.Need)}]";
        if (rule.Modes.IsDefaultOrEmpty || rule.Quorum is < 1 or > MaxQuorum) yield return new("need_rule_invalid", where);
        if (rule.AskedOf is { IsDefaultOrEmpty: true }) yield return new("nobody_asked", $"{where}.askedOf");
        if (rule.OwnSteps is { } own)
        {
            foreach (var fault in OfSteps(own, $"{where}.ownSteps")) yield return fault;
        }

        if (!IsLimit(rule.CallWithinSeconds ?? 60)) yield return new("limit_out_of_bounds", $"{where}.callWithinSeconds");
        if (!IsLimit(rule.JourneyWithinSeconds ?? 60)) yield return new("limit_out_of_bounds", $"{where}.journeyWithinSeconds");
        if (rule.FallbackNumber is { } number && (number.Length is < 2 or > 20 || !number.All(c => char.IsAsciiDigit(c) || c is '+' or ' '))) yield return new("number_invalid", $"{where}.fallbackNumber");
    }

    private static bool IsLimit(int seconds) => seconds is >= 10 and <= 6 * 3600;
}
