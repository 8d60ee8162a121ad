using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using Dispatch.Simulation;
using Dispatch.Simulation.Plans;

namespace Dispatch.Simulation.Tests;

/// <summary>Short stories that seeds once broke a promise with.</summary>
public sealed class FoundTests
{
    /// <summary>The alert's last step was not stored and its watch row was taken away all the same; what woke it could not write the row again either.</summary>
    [Fact]
    public void An_alert_whose_watch_row_went_while_the_store_failed_is_back_in_the_queue() => Replay.Holds(new Plan
    {
        Seed = 200710,
        Seconds = 998,
        People =
        [
            new Person("p2", [Need.Health, Need.Transport]),
            new Person("p5", [Need.Health]),
            new Person("p7", [Need.Health, Need.Psychosocial, Need.Transport]),
            new Person("p8", [Need.Health], House: House.WomensGroup, North: true),
            new Person("p10", [Need.Health, Need.Psychosocial], Woman: false),
        ],
        Acts =
        [
            new Press(304.072, 21, Needs: [Need.Health], Verification: Verification.Voice),
            new Accept(347.3, 21, "p2"),
            new Report(436.295, 21, "p2", Progress.NoConflict),
            new StoreBreaks(967.467, StoreTrouble.Fails, 26.271, Share: 0.1),
            new StoreBreaks(981.735, StoreTrouble.Fails, 27.521, Share: 0.5),
            new Press(983.764, 47, Modes: [Mode.Escorts]),
            new Report(996.991, 21, "p2", Progress.Done),
        ],
    });

    [Fact]
    public void A_clock_set_back_that_passes_the_last_decision_while_the_disk_is_full_is_taken_for_a_right_one() => Replay.Holds(new Plan
    {
        Seed = 300710,
        Seconds = 550,
        People = [new Person("p1", [Need.Health], House: House.WomensGroup)],
        Acts =
        [
            new Press(367.275, 47, Exclude: "p2"),
            new StoreBreaks(408.345, StoreTrouble.Full, 78.671),
            new Crash(429.363, 35.646, Clock: -90),
        ],
    });

    [Fact]
    public void After_the_clock_was_set_back_during_a_forced_cancel_the_next_people_are_asked_when_help_goes_on() => Replay.Holds(new Plan
    {
        Seed = 400840,
        Seconds = 899,
        People = [new Person("p10", [Need.Health, Need.Psychosocial])],
        Acts =
        [
            new Press(350.954, 24, Needs: [Need.Health, Need.Psychosocial]),
            new Cancel(367.003, 24, PinVerdict.Duress),
            new Crash(385.189, 3.976, Clock: -7200),
            new Duty(873.563, "p10", false),
            new Decide(897.135, 24, "supervisor1", DuressChoice.GoOn),
        ],
    });
}
