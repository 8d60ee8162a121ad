using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Alerts;

/// <summary>
/// One alert for each stage, made by commands alone: Amal is asked for health, Noor has accepted for psychosocial help and knows nobody
/// there; a late one has neither.
/// </summary>
internal static class AlertStages
{
    public static IEnumerable<string> Names =>
        Enum.GetValues<Stage>().SelectMany(stage => stage switch
        {
            Stage.Open => ["pressed", "asking", "taken", "late", "lateTaken", "duress", "duressTaken", "wentOn", "phoneUnsafe"],
            // What rang or wrote may end as advice; the edge refuses that word for an alert.
            Stage.Ended => Enum.GetValues<EndedHow>().Except([EndedHow.Advice]).Select(Word).Append("duressEnded"),
            _ => throw new System.Diagnostics.UnreachableException($"stage {stage}"),
        });

    public static Alert AlertIn(string stage) => stage switch
    {
        "pressed" => Raising.Raise(null, Press(), Night).Now(),
        "asking" => Asked(),
        "taken" => Taken(Asked()),
        "late" => Late(),
        "lateTaken" => Taken(Late()),
        "duress" => Cancelling.Cancel(Asked(), PinVerdict.Duress, At(4)).Now(),
        "wentOn" => DecidingDuress.Decide(AlertIn("duressTaken"), DuressChoice.GoOn, "fatou", "forced", At(4)).Now(),
        "phoneUnsafe" => MarkingPhone.Unsafe(Asked(), "fatou", At(4)).Now(),
        "duressTaken" => Taken(AlertIn("duress")),
        "duressEnded" => Closed(AlertIn("duressTaken"), EndedHow.Resolved),
        "cancelled" => Cancelling.Cancel(Asked(), PinVerdict.Right, At(4)).Now(),
        _ => Closed(AlertIn("taken"), Enum.Parse<EndedHow>(stage, ignoreCase: true)),
    };

    /// <summary>The item the line knows of: what rings now, or what was taken.</summary>
    public static string Item(Alert alert) => alert.Ring?.ItemId ?? alert.Taken?.ItemId ?? "a1:newAlert";

    private static Alert Asked()
    {
        var opened = Asking.Open(Raising.Raise(null, Press(), Night).Now(), Rules(), Night).Now();
        var health = Asking.EnterStep(opened, Need.Health, [Person("amal")], Night).Now();
        var both = Asking.EnterStep(health, Need.Psychosocial, [Person("noor", Need.Psychosocial)], Night).Now();
        var accepted = Answering.Accept(both, 1, "noor", null, null, At(2)).Now();
        return Progressing.Report(accepted, 1, "noor", Progress.NoConflict, null, At(3)).Now();
    }

    private static Alert Late() =>
        Asking.Open(Raising.Raise(null, Press() with { ComposedAt = Night.AddHours(-1) }, Night).Now(), Rules(), Night).Now();

    private static Alert Taken(Alert alert) => HandingOver.Apply(alert, new Claim(Item(alert), ClaimState.Taken, "fatou", At(4)), At(4)).Now();

    private static Alert Closed(Alert alert, EndedHow how) => HandingOver.Apply(alert, new Claim(Item(alert), ClaimState.Closed, "fatou", At(4), how), At(4)).Now();
}
