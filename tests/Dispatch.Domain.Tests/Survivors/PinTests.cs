using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;

namespace Dispatch.Domain.Tests.Survivors;

public sealed class PinTests
{
    private static readonly SurvivorSession Both = new() { Tenant = "XX", PinHash = "right", DuressPinHash = "duress" };

    private static readonly Table Cells = Table.Of("""
        she entered | neither set | pin only | duress only | both   | both, five wrong tries
        right       | notSet      | right    | wrong       | right  | wrong
        duress      | notSet      | wrong    | duress      | duress | wrong
        another     | notSet      | wrong    | wrong       | wrong  | wrong
        nothing     | notSet      | wrong    | wrong       | wrong  | wrong
        """);

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    [Theory, MemberData(nameof(AllCells))]
    public void What_a_pin_proves(string entered, string set, string expected)
    {
        var session = set switch
        {
            "neither set" => Both with { PinHash = null, DuressPinHash = null },
            "pin only" => Both with { DuressPinHash = null },
            "duress only" => Both with { PinHash = null },
            "both" => Both,
            _ => Both with { WrongTries = Pins.MaxWrongTries },
        };
        Assert.Equal(expected, Given.Word(Pins.Check(session, entered == "nothing" ? null : entered).Verdict));
    }

    [Fact]
    public void After_five_wrong_tries_even_the_right_pin_proves_nothing()
    {
        var session = Both;
        for (var i = 0; i < Pins.MaxWrongTries; i++)
        {
            Assert.Equal(PinVerdict.Right, Pins.Check(session, "right").Verdict);
            (session, var verdict) = Pins.Check(session, $"guess{i}");
            Assert.Equal(PinVerdict.Wrong, verdict);
        }

        Assert.Equal(PinVerdict.Wrong, Pins.Check(session, "right").Verdict);
        Assert.Equal(PinVerdict.Wrong, Pins.Check(session, "duress").Verdict);
    }

    [Fact]
    public void The_same_wrong_try_counts_once_and_only_the_last_few_are_known()
    {
        var session = Both;
        for (var i = 0; i < 9; i++) session = Pins.Check(session, "guess", "try").Next;
        Assert.Equal((1, 9), (session.WrongTries, session.Checks));
        session = Pins.Check(session, "guess", "another try").Next;
        Assert.Equal(2, session.WrongTries);
        for (var i = 0; i < 40; i++) session = Pins.Check(session with { WrongTries = 0 }, "guess", $"try{i}").Next;
        Assert.Equal(Pins.MaxAttempts, session.WrongAttempts.Length);
        Assert.Equal(PinVerdict.Right, Pins.Check(session, "right", "try39").Verdict);
    }

    [Fact]
    public void The_right_pin_forgets_the_wrong_ones_and_the_duress_pin_does_not()
    {
        var tried = Both with { WrongTries = 4 };
        Assert.Equal(0, Pins.Check(tried, "right").Next.WrongTries);
        Assert.Equal(4, Pins.Check(tried, "duress").Next.WrongTries);
    }

    [Fact]
    public void Where_both_pins_are_the_same_it_is_duress() =>
        Assert.Equal(PinVerdict.Duress, Pins.Check(Both with { DuressPinHash = "right" }, "right").Verdict);

    [Fact]
    public void The_verdicts_are_all_in_the_table() =>
        Assert.Equal(Enum.GetValues<PinVerdict>().Select(Given.Word).Order(), Cells.Cells().Select(c => (string)c[2]).Distinct().Order());
}
