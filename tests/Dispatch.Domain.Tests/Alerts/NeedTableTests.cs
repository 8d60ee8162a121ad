using Dispatch.Domain.Alerts;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Every stage of a need against every command that looks at it.</summary>
public sealed class NeedTableTests
{
    private static readonly Table Cells = Table.Of("""
        the need is     | enterStep.due | enterStep.early | accept.open   | accept.stoodDown | decline | delivered | released | add.sameNeed | leavesDuty
        asking          | changed       | same            | changed       | changed          | changed | changed   | changed  | same         | changed
        asking.moveOn   | changed       | changed         | changed       | changed          | changed | changed   | changed  | same         | changed
        asking.usedUp   | same          | same            | changed       | changed          | changed | changed   | changed  | same         | changed
        filled          | same          | same            | alreadyFilled | alreadyFilled    | changed | changed   | changed  | same         | changed
        closed          | same          | same            | offerClosed   | offerClosed      | changed | changed   | changed  | same         | changed
        """);

    private static readonly Dictionary<string, Func<Alert, Decision>> Commands = new()
    {
        ["enterStep.due"] = a => Asking.EnterStep(a, Need.Health, [Person("late1"), Person("late2")], At(300)),
        ["enterStep.early"] = a => Asking.EnterStep(a, Need.Health, [Person("late1"), Person("late2")], At(39.999)),
        ["accept.open"] = a => Answering.Accept(a, 0, "open", null, null, At(5)),
        ["accept.stoodDown"] = a => Answering.Accept(a, 1, "stoodDown", null, null, At(5)),
        ["decline"] = a => Answering.Decline(a, 0, "open", DeclineReason.Busy, At(5)),
        ["delivered"] = a => Asking.Delivered(a, 0, At(5)),
        ["released"] = a => Progressing.Report(a, 2, "accepted", Progress.Released, null, At(5)),
        ["add.sameNeed"] = a => Adding.Add(a, ByCallTaker() with { Needs = [Need.Health] }, At(5)),
        ["leavesDuty"] = a => LeavingDuty.Apply(a, new Dictionary<string, WithdrawnFor> { ["open"] = WithdrawnFor.OffDuty }, At(5)),
    };

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    [Theory, MemberData(nameof(AllCells))]
    public void A_command_on_a_need_in_each_stage(string stage, string command, string expected) =>
        Assert.Equal(expected, Commands[command](AlertWith(stage)).Outcome());

    [Fact]
    public void The_table_has_a_row_for_every_stage_and_a_column_for_every_command()
    {
        Cells.HasColumns(Commands.Keys);
        Assert.Equal(Enum.GetValues<NeedStage>().Select(Word).ToHashSet(), Cells.Rows.Select(r => r.Split('.')[0]).ToHashSet());
    }

    /// <summary>Three people were asked in step one, at the press: one has not answered, one was stood down, one accepted.</summary>
    private static Alert AlertWith(string stage)
    {
        var opened = Asking.Open(Raising.Raise(null, Press(Need.Health), Night).Now(), Rules(), Night).Now();
        var one = opened with { Rules = opened.Rules! with { Steps = opened.Rules.Steps.SetItem(0, new(0, 3)) } };
        var asked = Asking.EnterStep(one, Need.Health, [Person("open"), Person("stoodDown", Need.Health) with { Load = 1 }, Person("accepted") with { Load = 2 }], Night).Now();
        var offers = asked.Offers
            .SetItem(1, asked.Offers[1] with { State = OfferState.Withdrawn, Withdrawn = WithdrawnFor.Filled })
            .SetItem(2, asked.Offers[2] with { State = OfferState.Accepted, Assignment = new Assignment { Mode = Mode.CallsHer, AcceptedAt = Night, ProgressAt = Night } });
        var need = asked.Needs[0];
        return asked with
        {
            Offers = offers,
            Needs =
            [
                stage switch
                {
                    "asking" => need,
                    "asking.moveOn" => need with { MoveOn = true },
                    "asking.usedUp" => need with { Steps = [need.Steps[0], new(1, Night, 0), new(2, Night, 0), new(3, Night, 0)] },
                    "filled" => need with { Stage = NeedStage.Filled },
                    "closed" => need with { Stage = NeedStage.Closed },
                    _ => throw new System.Diagnostics.UnreachableException(stage),
                },
            ],
        };
    }
}
