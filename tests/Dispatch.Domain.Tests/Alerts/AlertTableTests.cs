using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Tests.Beds;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>Every stage of an alert against every command there is.</summary>
public sealed class AlertTableTests
{
    // Under duress her phone hears exactly what it would hear after a real cancel, so "phone.*" is refused there as ended; staff go on.
    private static readonly Table Cells = Table.Of("""
        command               | pressed         | asking          | taken           | late            | lateTaken       | duress         | duressTaken    | wentOn          | phoneUnsafe     | duressEnded     | resolved        | referred        | cancelled       | duplicate       | falseAlarm      | other
        raise.again           | same            | same            | same            | same            | same            | same           | same           | same            | same            | same            | same            | same            | same            | same            | same            | same
        raise.otherBody       | keyReused       | keyReused       | keyReused       | keyReused       | keyReused       | keyReused      | keyReused      | keyReused       | keyReused       | keyReused       | keyReused       | keyReused       | keyReused       | keyReused       | keyReused       | keyReused
        raise.otherKey        | idTaken         | idTaken         | idTaken         | idTaken         | idTaken         | idTaken        | idTaken        | idTaken         | idTaken         | idTaken         | idTaken         | idTaken         | idTaken         | idTaken         | idTaken         | idTaken
        open                  | changed         | same            | same            | same            | same            | same           | same           | same            | same            | same            | same            | same            | same            | same            | same            | same
        enterStep             | same            | changed         | same            | same            | same            | same           | same           | changed         | changed         | same            | same            | same            | same            | same            | same            | same
        delivered             | notFound        | changed         | changed         | notFound        | notFound        | changed        | changed        | changed         | changed         | changed         | changed         | changed         | changed         | changed         | changed         | changed
        accept                | notFound        | changed         | changed         | notFound        | notFound        | offerClosed    | offerClosed    | changed         | changed         | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed
        decline               | notFound        | changed         | changed         | notFound        | notFound        | same           | same           | changed         | changed         | same            | same            | same            | same            | same            | same            | same
        report.noConflict     | notFound        | same            | same            | notFound        | notFound        | offerClosed    | offerClosed    | notFound        | same            | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed
        report.conflict       | notFound        | changed         | changed         | notFound        | notFound        | changed        | changed        | notFound        | changed         | changed         | changed         | changed         | changed         | changed         | changed         | changed
        report.enRoute        | notFound        | changed         | changed         | notFound        | notFound        | offerClosed    | offerClosed    | notFound        | changed         | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed
        report.pickedUp       | notFound        | wrongProgress   | wrongProgress   | notFound        | notFound        | offerClosed    | offerClosed    | notFound        | wrongProgress   | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed
        report.arrived        | notFound        | changed         | changed         | notFound        | notFound        | offerClosed    | offerClosed    | notFound        | changed         | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed
        report.done           | notFound        | changed         | changed         | notFound        | notFound        | offerClosed    | offerClosed    | notFound        | changed         | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed
        report.released       | notFound        | changed         | changed         | notFound        | notFound        | offerClosed    | offerClosed    | notFound        | changed         | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed
        report.confirmed      | notFound        | same            | same            | notFound        | notFound        | same           | same           | notFound        | same            | same            | same            | same            | same            | same            | same            | same
        checkIn               | notFound        | changed         | changed         | notFound        | notFound        | offerClosed    | offerClosed    | notFound        | changed         | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed     | offerClosed
        panic                 | notFound        | changed         | changed         | notFound        | notFound        | changed        | changed        | changed         | changed         | changed         | changed         | changed         | changed         | changed         | changed         | changed
        panic.ofAnother       | notFound        | notFound        | notFound        | notFound        | notFound        | notFound       | notFound       | notFound        | notFound        | notFound        | notFound        | notFound        | notFound        | notFound        | notFound        | notFound
        child.limitsSaid      | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere | notAllowedHere | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere
        child.guardians       | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere | notAllowedHere | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere  | notAllowedHere
        staff.needs           | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.place           | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.party           | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.note            | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.exclusions      | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.consent         | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.withdrawConsent | same            | same            | same            | same            | same            | same           | same           | same            | same            | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.takesBack       | notFound        | notFound        | notFound        | notFound        | notFound        | notFound       | notFound       | notFound        | notFound        | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.notWhoAccepted  | same            | same            | same            | same            | same            | same           | same           | same            | same            | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.verification    | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.reach           | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.underDuress     | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.womenOnly       | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        staff.down            | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.needs           | changed         | changed         | changed         | changed         | changed         | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.place           | changed         | changed         | changed         | changed         | changed         | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.party           | changed         | changed         | changed         | changed         | changed         | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.note            | changed         | changed         | changed         | changed         | changed         | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.exclusions      | pinRequired     | pinRequired     | pinRequired     | pinRequired     | pinRequired     | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.consent         | pinRequired     | pinRequired     | pinRequired     | pinRequired     | pinRequired     | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.withdrawConsent | pinRequired     | pinRequired     | pinRequired     | pinRequired     | pinRequired     | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.takesBack       | pinRequired     | pinRequired     | pinRequired     | pinRequired     | pinRequired     | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.notWhoAccepted  | pinRequired     | pinRequired     | pinRequired     | pinRequired     | pinRequired     | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.verification    | same            | same            | same            | same            | same            | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.reach           | changed         | changed         | changed         | changed         | changed         | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.underDuress     | changed         | changed         | changed         | changed         | changed         | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.womenOnly       | pinRequired     | pinRequired     | pinRequired     | pinRequired     | pinRequired     | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        phone.down            | same            | same            | same            | same            | same            | ended          | ended          | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended           | ended
        cancel.notSet         | changed         | changed         | changed         | changed         | changed         | same           | same           | same            | changed         | same            | same            | same            | same            | same            | same            | same
        cancel.right          | changed         | changed         | changed         | changed         | changed         | same           | same           | same            | changed         | same            | same            | same            | same            | same            | same            | same
        cancel.duress         | changed         | changed         | changed         | changed         | changed         | same           | same           | same            | changed         | same            | same            | same            | same            | same            | same            | same
        cancel.wrong          | changed         | changed         | changed         | changed         | changed         | same           | same           | same            | changed         | same            | same            | same            | same            | same            | same            | same
        line.taken            | changed         | changed         | same            | changed         | same            | changed        | same           | changed         | changed         | same            | same            | same            | same            | same            | same            | same
        line.closed           | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | changed         | same            | same            | same            | same            | same            | same            | same
        line.handedBack       | same            | same            | changed         | same            | changed         | same           | changed        | same            | same            | same            | same            | same            | same            | same            | same            | same
        line.otherItem        | same            | same            | same            | same            | same            | same           | same           | same            | same            | same            | same            | same            | same            | same            | same            | same
        leavesDuty            | same            | changed         | changed         | same            | same            | changed        | changed        | changed         | changed         | same            | same            | same            | same            | same            | same            | same
        phoneUnsafe           | changed         | changed         | changed         | changed         | changed         | changed        | changed        | changed         | same            | changed         | changed         | changed         | changed         | changed         | changed         | changed
        decide.standDown      | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | changed        | changed        | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide
        decide.goOn           | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | changed        | changed        | same            | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide | nothingToDecide
        bed.ask               | notAllowedHere  | changed         | changed         | changed         | changed         | notAllowedHere | notAllowedHere | changed         | changed         | ended           | ended           | ended           | ended           | ended           | ended           | ended
        bed.release           | notFound        | notFound        | notFound        | notFound        | notFound        | notFound       | notFound       | notFound        | notFound        | notFound        | notFound        | notFound        | notFound        | notFound        | notFound        | notFound
        tick                  | same            | same            | same            | changed         | same            | changed        | same           | same            | same            | same            | same            | same            | same            | same            | same            | same
        tick.anHourLater      | changed         | changed         | changed         | changed         | same            | changed        | same           | changed         | changed         | same            | same            | same            | same            | same            | same            | same
        """);

    private static readonly Dictionary<string, AddToAlert> Additions = new()
    {
        ["needs"] = ByPhone() with { Needs = [Need.Legal] },
        ["place"] = ByPhone() with { Place = Box<Place>("p") },
        ["party"] = ByPhone() with { Party = Box<Party>("q") },
        ["note"] = ByPhone() with { Note = Box<string>("n") },
        ["exclusions"] = ByPhone() with { Exclusions = new Exclusions { Organisations = ["army"] } },
        ["consent"] = ByPhone() with { Consent = Yes() },
        ["withdrawConsent"] = ByPhone() with { WithdrawConsent = true },
        ["takesBack"] = ByPhone() with { TakesBack = 0 },
        ["notWhoAccepted"] = ByPhone() with { NotWhoAccepted = Need.Health },
        ["reach"] = ByPhone() with { Reach = Reach.Call },
        ["underDuress"] = ByPhone() with { UnderDuress = true },
        ["womenOnly"] = ByPhone() with { WomenOnly = true },
        ["verification"] = ByPhone() with { Verification = Verification.Voice },
        ["down"] = ByPhone() with { Down = new TakenDown(null, "bm", null, null) },
    };

    private static readonly Dictionary<string, Func<Alert, Decision>> Commands = AllCommands();

    public static TheoryData<string, string, string> AllCells() => Cells.Cells();

    [Theory, MemberData(nameof(AllCells))]
    public void A_command_on_an_alert_in_each_stage(string command, string stage, string expected) =>
        Assert.Equal(expected, Commands[command](AlertStages.AlertIn(stage)).Outcome());

    [Fact]
    public void The_table_has_every_stage_every_ending_and_every_command()
    {
        Cells.HasColumns(AlertStages.Names);
        Cells.HasRows(Commands.Keys);
        // For whom a bed is comes with the party or with the need.
        string[] notKinds = [nameof(AddToAlert.Guests), nameof(AddToAlert.Said), nameof(AddToAlert.Authorised), nameof(AddToAlert.By), nameof(AddToAlert.KeyMac), nameof(AddToAlert.BodyMac), nameof(AddToAlert.TouchesProtected)];
        var kinds = typeof(AddToAlert).GetProperties().Select(p => p.Name).Except([.. notKinds, "EqualityContract"]).Select(n => char.ToLowerInvariant(n[0]) + n[1..]);
        Assert.Equal(kinds.Order(), Additions.Keys.Order());
    }

    private static Dictionary<string, Func<Alert, Decision>> AllCommands()
    {
        var commands = new Dictionary<string, Func<Alert, Decision>>
        {
            ["raise.again"] = a => Raising.Raise(a, Press(), At(5)),
            ["raise.otherBody"] = a => Raising.Raise(a, Press() with { BodyMac = "other" }, At(5)),
            ["raise.otherKey"] = a => Raising.Raise(a, Press() with { KeyMac = "other" }, At(5)),
            ["open"] = a => Asking.Open(a, Rules(), At(5)),
            ["enterStep"] = a => Asking.EnterStep(a, Need.Health, [Person("binta")], At(200)),
            ["delivered"] = a => Asking.Delivered(a, 0, At(5)),
            ["accept"] = a => Answering.Accept(a, 0, "amal", null, null, At(5)),
            ["decline"] = a => Answering.Decline(a, 0, "amal", DeclineReason.Busy, At(5)),
            ["line.otherItem"] = a => HandingOver.Apply(a, new Claim("a1:other.9", ClaimState.Taken, "fatou", At(5)), At(5)),
            ["bed.ask"] = a => BedAsking.Request(a, new RequestBed("fatou", "k", Guests: new Guests(1)), GivenSearch.Known(GivenSearch.House("rose")), At(5)),
            ["bed.release"] = a => BedReleasing.Release(a, 0, "fatou", notCome: false, At(5)),
            ["phoneUnsafe"] = a => MarkingPhone.Unsafe(a, "fatou", At(5)),
            ["leavesDuty"] = a => LeavingDuty.Apply(a, new Dictionary<string, WithdrawnFor> { ["amal"] = WithdrawnFor.OffDuty }, At(5)),
            ["tick"] = a => Silence.Tick(a, At(5)),
            ["tick.anHourLater"] = a => Silence.Tick(a, At(3600)),
        };
        foreach (var p in Enum.GetValues<Progress>()) commands["report." + Word(p)] = a => Progressing.Report(a, 1, "noor", p, null, At(5));
        commands["child.limitsSaid"] = a => ChildPath.SayLimits(a, "fatou", "v1", At(5));
        commands["child.guardians"] = a => ChildPath.Guardians(a, true, "fatou", "asked", At(5));
        commands["checkIn"] = a => OnTheWay.CheckIn(a, 1, "noor", At(5));
        commands["panic"] = a => OnTheWay.Panic(a, 1, "noor", At(5));
        commands["panic.ofAnother"] = a => OnTheWay.Panic(a, 1, "mallory", At(5));
        foreach (var c in Enum.GetValues<DuressChoice>()) commands["decide." + Word(c)] = a => DecidingDuress.Decide(a, c, "fatou", "seen", At(5));
        foreach (var p in Enum.GetValues<PinVerdict>()) commands["cancel." + Word(p)] = a => Cancelling.Cancel(a, p, At(5));
        foreach (var s in Enum.GetValues<ClaimState>()) commands["line." + Word(s)] = a => HandingOver.Apply(a, new Claim(AlertStages.Item(a), s, "fatou", At(5)), At(5));
        foreach (var (kind, addition) in Additions)
        {
            commands["phone." + kind] = a => Adding.Add(a, addition, At(5));
            commands["staff." + kind] = a => Adding.Add(a, addition with { By = "fatou", Authorised = true }, At(5));
        }

        return commands;
    }
}
