using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.Shelters;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>What holds of every house at every moment, tried on many lives. A life that breaks it is told as short as it can be made.</summary>
public sealed class RandomLedgerTests
{
    private const int Lives = 3000;

    [Fact]
    public void No_bed_is_in_two_hands_and_the_parts_add_up_at_every_moment() => Keep((step, before, change, house) => house.Follow(step, before, change));

    [Fact]
    public void The_same_command_again_changes_nothing_and_is_answered_the_same() => Keep((step, _, change, _) =>
    {
        // A count names the version that it was made from, and these lives name it anew each time.
        if (step.Do is null || step.Command is CountBeds || change.Refused is not null) return null;
        var again = step.Do(change.Ledger);
        return again.Refused is null && ReferenceEquals(again.Ledger, change.Ledger) ? null : $"again: {again.Refused?.ToString() ?? "changed"}";
    });

    [Fact]
    public void A_refusal_changes_nothing_but_what_ran_out() => Keep((step, before, change, _) =>
        change.Refused is null || ReferenceEquals(change.Ledger, before) || Text(change.Ledger) == Text(Expiring.At(before, step.At)) ? null : $"{change.Refused} changed the ledger");

    [Fact]
    public void A_change_is_a_new_version_with_at_least_one_line_and_the_lists_keep_their_bounds() => Keep((_, before, change, _) =>
    {
        var after = change.Ledger;
        if (ReferenceEquals(before, after)) return null;
        if (after.Version <= before.Version) return $"version {before.Version} → {after.Version}";
        if (after.Trail.Length <= before.Trail.Length || after.Trail.Select(l => l.Id).Distinct().Count() != after.Trail.Length) return "no line, or one twice";
        if (after.Holds.Length > BedLedger.MaxHolds || after.Gone.Length > BedLedger.MaxGone) return "a list without bound";
        return after.Holds.Select(h => h.Id).Concat(after.Gone.Select(g => g.Id)).GroupBy(id => id).All(g => g.Count() == 1) ? null : "an id twice";
    });

    [Fact]
    public void What_is_stored_comes_back_and_goes_on_the_same() => Keep((_, _, change, _) =>
        Text(JsonSerializer.Deserialize<BedLedger>(Text(change.Ledger), DispatchJson.Options)!) == Text(change.Ledger) ? null : "not the same after storing", lives: 200);

    /// <summary>The lives are worth something only while they go everywhere.</summary>
    [Fact]
    public void The_lives_reach_every_state_and_every_refusal_of_the_ledger()
    {
        var seen = new HashSet<object>();
        for (var seed = 0; seed < Lives; seed++)
        {
            var ledger = new BedLedger();
            foreach (var step in new LedgerHistory(seed).Steps())
            {
                var change = Play(step, ledger);
                ledger = change.Ledger;
                seen.UnionWith(ledger.Holds.Select(h => (object)h.Stage));
                seen.UnionWith(ledger.Gone.Select(g => (object)g.How));
                if (change.Refused is { } why) seen.Add(why);
            }
        }

        Assert.Empty(Enum.GetValues<HoldStage>().Cast<object>().Concat(Enum.GetValues<GoneHow>().Cast<object>()).Concat(
        [
            BedRefusal.NotFound, BedRefusal.NoBed, BedRefusal.DoesNotFit, BedRefusal.HoldOver, BedRefusal.TooLate, BedRefusal.NotConfirmed, BedRefusal.AlreadyBooked, BedRefusal.PersonRequired,
            BedRefusal.StillThere, BedRefusal.NotThere, BedRefusal.Stale, BedRefusal.BelowPromised, BedRefusal.BelowStays,
        ]).Except(seen));
    }

    private static void Keep(Func<LedgerStep, BedLedger, BedChange, PhysicalHouse, string?> broken, int lives = Lives)
    {
        for (var seed = 0; seed < lives; seed++)
        {
            var steps = new LedgerHistory(seed).Steps();
            if (Why(steps, broken) is null) continue;
            var shortest = Shrink(steps, s => Why(s, broken) is not null);
            Assert.Fail($"Seed {seed}: {Why(shortest, broken)}\n  {string.Join("\n  ", shortest.Select(s => $"{(s.At - Given.Night).TotalSeconds:0.0000000} s: {s.What}"))}");
        }
    }

    private static string? Why(IEnumerable<LedgerStep> steps, Func<LedgerStep, BedLedger, BedChange, PhysicalHouse, string?> broken)
    {
        var (ledger, house) = (new BedLedger(), new PhysicalHouse());
        foreach (var step in steps)
        {
            var change = Play(step, ledger);
            if (broken(step, ledger, change, house) is { } why) return why;
            ledger = change.Ledger;
        }

        return null;
    }

    private static BedChange Play(LedgerStep step, BedLedger ledger) => step.Do?.Invoke(ledger) ?? new BedChange(Expiring.At(ledger, step.At));

    /// <summary>Leaves out ever smaller pieces while it still breaks.</summary>
    private static ImmutableArray<LedgerStep> Shrink(ImmutableArray<LedgerStep> steps, Func<ImmutableArray<LedgerStep>, bool> breaks)
    {
        for (var piece = steps.Length / 2; piece > 0; piece /= 2)
        {
            for (var from = 0; from + piece <= steps.Length;)
            {
                var without = steps.RemoveRange(from, piece);
                if (breaks(without)) steps = without;
                else from += piece;
            }
        }

        return steps;
    }

    private static string Text(BedLedger ledger) => JsonSerializer.Serialize(ledger, DispatchJson.Options);
}
