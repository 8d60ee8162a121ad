using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;

namespace Dispatch.Stories.Tests;

/// <summary>How soon the town goes on by itself when nobody answers.</summary>
public static class Waits
{
    /// <summary>Not within a story: what happens in it, somebody did.</summary>
    public static Rules Patient { get; } = new()
    {
        Version = 1,
        DefaultNeeds = [Need.Health],
        Needs = [.. Enum.GetValues<Need>().Select(need => new NeedRule(need, [Mode.CallsHer, Mode.ReceivesHer]))],
        Steps = [new(0, 2), new(300, 2)],
        HumanAfterSeconds = 600,
    };

    /// <summary>One person after the other, then the line, the duty officer and the backup, within seconds.</summary>
    public static Rules Brief { get; } = Patient with
    {
        Steps = [new(0, 1), new(1, 1), new(2, 1)],
        DeliveryGraceSeconds = 0,
        HumanAfterSeconds = 4,
        DutyOfficerAfterSeconds = 1,
        BackupAfterSeconds = 1,
    };
}
