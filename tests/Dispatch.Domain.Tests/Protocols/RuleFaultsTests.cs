using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;

namespace Dispatch.Domain.Tests.Protocols;

public sealed class RuleFaultsTests
{
    public static TheoryData<string, string, Func<Rules, Rules>> Wrong => new()
    {
        { "steps_empty", "steps", r => r with { Steps = [] } },
        { "first_step_not_at_once", "steps[0]", r => r with { Steps = [new(5, 2)] } },
        { "steps_not_in_order", "steps[1]", r => r with { Steps = [new(0, 2), new(0, 2)] } },
        { "step_too_late", "steps[1]", r => r with { Steps = [new(0, 2), new(3601, 2)] } },
        { "step_size_out_of_bounds", "steps[0]", r => r with { Steps = [new(0, 0)] } },
        { "too_many_steps", "steps", r => r with { Steps = [.. Enumerable.Range(0, RuleFaults.MaxSteps + 1).Select(i => new StepRule(i, 1))] } },
        { "default_needs_empty", "defaultNeeds", r => r with { DefaultNeeds = [] } },
        { "police_by_default", "defaultNeeds", r => r with { DefaultNeeds = [Need.Health, Need.Police] } },
        { "need_twice", "defaultNeeds", r => r with { DefaultNeeds = [Need.Health, Need.Health] } },
        { "need_twice", "needs", r => r with { Needs = [.. r.Needs, r.Needs[0]] } },
        { "need_rule_invalid", "needs[health]", r => Health(r, n => n with { Modes = [] }) },
        { "need_rule_invalid", "needs[health]", r => Health(r, n => n with { Quorum = RuleFaults.MaxQuorum + 1 }) },
        { "nobody_asked", "needs[health].askedOf", r => Health(r, n => n with { AskedOf = [] }) },
        { "first_step_not_at_once", "needs[health].ownSteps[0]", r => Health(r, n => n with { OwnSteps = [new(1, 1)] }) },
        { "limit_out_of_bounds", "needs[health].callWithinSeconds", r => Health(r, n => n with { CallWithinSeconds = 9 }) },
        { "limit_out_of_bounds", "needs[health].journeyWithinSeconds", r => Health(r, n => n with { JourneyWithinSeconds = 6 * 3600 + 1 }) },
        { "number_invalid", "needs[health].fallbackNumber", r => Health(r, n => n with { FallbackNumber = "ask Awa" }) },
        { "human_after_out_of_bounds", "humanAfterSeconds", r => r with { HumanAfterSeconds = 601 } },
        { "duty_officer_after_out_of_bounds", "dutyOfficerAfterSeconds", r => r with { DutyOfficerAfterSeconds = 0 } },
        { "backup_after_out_of_bounds", "backupAfterSeconds", r => r with { BackupAfterSeconds = 0 } },
        { "delivery_grace_out_of_bounds", "deliveryGraceSeconds", r => r with { DeliveryGraceSeconds = -1 } },
        { "text_after_out_of_bounds", "textAfterSeconds", r => r with { TextAfterSeconds = -1 } },
        { "call_after_out_of_bounds", "callAfterSeconds", r => r with { CallAfterSeconds = 601 } },
        { "limit_out_of_bounds", "callWithinSeconds", r => r with { CallWithinSeconds = 0 } },
        { "limit_out_of_bounds", "journeyWithinSeconds", r => r with { JourneyWithinSeconds = 0 } },
        { "check_in_out_of_bounds", "checkInEverySeconds", r => r with { CheckInEverySeconds = 59 } },
        { "consent_is_no_human_basis", "humanBases", r => r with { HumanBases = [DisclosureBasis.Consent] } },
        { "rest_out_of_bounds", "rest", r => r with { Rest = r.Rest with { Hours = 73 } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Each_fault_is_named_with_its_place(string code, string where, Func<Rules, Rules> change) =>
        Assert.Equal([new RuleFault(code, where)], RuleFaults.Of(change(Given.Rules())));

    [Fact]
    public void All_of_them_are_said_at_once() =>
        Assert.Equal(["steps_empty", "police_by_default", "check_in_out_of_bounds"],
            RuleFaults.Of(Given.Rules() with { CheckInEverySeconds = 0, DefaultNeeds = [Need.Police], Steps = [] }).Select(f => f.Code));

    [Fact]
    public void What_can_run_has_none() =>
        Assert.Empty(RuleFaults.Of(Health(Given.Rules(), n => n with
        {
            AskedOf = [OrganisationKind.Health], OwnSteps = [new(0, 1), new(20, 3)], CallWithinSeconds = 120, JourneyWithinSeconds = 600, FallbackNumber = "+223 20 22 00 00",
        })));

    private static Rules Health(Rules rules, Func<NeedRule, NeedRule> change) => rules with { Needs = [.. rules.Needs.Select(n => n.Need is Need.Health ? change(n) : n)] };
}
