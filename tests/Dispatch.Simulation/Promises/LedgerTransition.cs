using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;

namespace Dispatch.Simulation.Promises;

/// <summary>Holds each stored state of a house's beds against the one before. Written against the design and not against the rules' own code, which it judges.</summary>
internal static class LedgerTransition
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(60);

    /// <param name="ended">Every hold of the house that ever ended.</param>
    public static (Promise Promise, string What)? Fault(BedLedger? before, BedLedger now, IReadOnlyDictionary<string, GoneHold> ended)
    {
        if (AddsUp(now) is { } wrong) return (Promise.BedsAddUp, wrong);
        if (before is null) return null;
        if (now.Version < before.Version || now.AskedFloor < before.AskedFloor || (before.AskedFloor is not null && now.AskedFloor is null)) return (Promise.FactsOnlyGrow, "the version or the floor went back");
        BedEvent[] news = [.. now.Trail.Where(line => VersionOf(line) > before.Version)];
        return Counts(before, now, news) ?? Holds(before, now, news, ended) ?? New(before, now, ended) ?? Remembered(now, ended);
    }

    /// <summary>What is wrong with the sums, or nothing. What is free is not stored; here it is worked out once more from its parts.</summary>
    private static string? AddsUp(BedLedger now)
    {
        if (now.Kinds.DistinctBy(k => k.Kind).Count() != now.Kinds.Length) return "a kind of bed is there twice";
        if (now.Holds.Select(h => h.Id).Concat(now.Gone.Select(g => g.Id)).GroupBy(id => id).FirstOrDefault(g => g.Count() > 1) is { } twice) return $"{twice.Key} is there twice";
        foreach (var kind in now.Kinds)
        {
            if (kind.Capacity < 0 || kind.OutOfService < 0 || kind.Others < 0) return $"{kind} is less than nothing";
            var given = now.Holds.SelectMany(h => h.Beds).Where(b => b.Kind == kind.Kind).Sum(b => b.Count);
            if (kind.OutOfService + kind.Others + given > kind.Capacity) return $"of {kind.Capacity} {kind.Kind} {kind.OutOfService} are out of service, {kind.Others} slept in and {given} promised";
        }

        return now.Holds.FirstOrDefault(h => h.Beds.IsDefaultOrEmpty || h.Beds.Any(b => b.Count < 1 || now.Kinds.All(k => k.Kind != b.Kind))) is { } odd ? $"{odd.Id} holds [{Words(odd.Beds)}]" : null;
    }

    /// <summary>Only staff's own count changes what there is.</summary>
    private static (Promise, string)? Counts(BedLedger before, BedLedger now, BedEvent[] news) =>
        before.Kinds.SequenceEqual(now.Kinds) || news.Any(line => line.Kind is BedEventKind.Counted && line.By is not null) ? null : (Promise.BedsAddUp, $"[{string.Join(", ", before.Kinds)}] became [{string.Join(", ", now.Kinds)}] and nobody counted");

    private static (Promise, string)? Holds(BedLedger before, BedLedger now, BedEvent[] news, IReadOnlyDictionary<string, GoneHold> ended)
    {
        foreach (var was in before.Holds)
        {
            BedEvent[] said = [.. news.Where(line => line.Hold == was.Id)];
            var corrected = said.Any(line => line.Kind is BedEventKind.Corrected && line is { By: not null, Detail: not null });
            if (now.Holds.FirstOrDefault(h => h.Id == was.Id) is { } hold)
            {
                if (hold.AskedAt != was.AskedAt) return (Promise.BedPromisedOnce, $"{was.Id} was asked for at another time");
                if (Words(hold.Beds) != Words(was.Beds) && !corrected) return (Promise.AllBedsOrNone, $"{was.Id} had [{Words(was.Beds)}] and has [{Words(hold.Beds)}]");
                if (hold.Stage is HoldStage.Booked && ended.ContainsKey(hold.Id)) return (Promise.OverStaysOver, $"{was.Id} had ended and is booked");
                if (hold.Stage < was.Stage && !corrected && !said.Any(line => line.Kind is BedEventKind.Left)) return (Promise.BedPromisedOnce, $"{was.Id} was {was.Stage} and is {hold.Stage}");
                if (hold is { Stage: HoldStage.Held } && was.Stage is HoldStage.Held && Longer(was, hold) is { } longer) return (Promise.HoldEnds, longer);
            }
            else if (now.Gone.FirstOrDefault(g => g.Id == was.Id) is { } gone)
            {
                if (WrongEnd(before, was, gone, said) is { } wrong) return (Promise.HoldEnds, wrong);
            }
            else if (!(was.AskedAt <= now.AskedFloor) || !said.Any(line => Ends(line.Kind)))
            {
                return (Promise.BedPromisedOnce, $"{was.Id} was {was.Stage} and has vanished");
            }
        }

        return null;
    }

    private static string? Longer(BedHold was, BedHold now) =>
        now.ExpiresAt == was.ExpiresAt && now.Renewed == was.Renewed ? null
        : !was.Renewed && now.Renewed && now.ExpiresAt - was.ExpiresAt <= LongestHold / 2 ? null
        : $"{was.Id} ran until {was.ExpiresAt:HH:mm:ss} and runs until {now.ExpiresAt:HH:mm:ss}";

    private static string? WrongEnd(BedLedger before, BedHold was, GoneHold gone, BedEvent[] said)
    {
        var clockWentBack = gone.At + Clock.Skew < before.LastNow;
        var arrived = said.Any(line => line.Kind is BedEventKind.Arrived);
        return gone.How switch
        {
            GoneHow.Expired when was.Stage is not HoldStage.Held && !NotHere(was, said) => $"{was.Id} ran out although it was {was.Stage}",
            GoneHow.Expired when gone.At < was.ExpiresAt && !clockWentBack => $"{was.Id} ran out {(was.ExpiresAt - gone.At)!.Value.TotalSeconds:0} s too early",
            GoneHow.Withdrawn or GoneHow.NotCome when was.Stage is HoldStage.Occupied && !NotHere(was, said) => $"{was.Id} was released although she is there",
            GoneHow.Withdrawn or GoneHow.NotCome when was.Stage is HoldStage.Booked && !said.Any(line => line is { Kind: BedEventKind.Withdrawn or BedEventKind.NotCome, By.Length: > 0 }) => $"{was.Id} was booked and nobody is named who released it",
            GoneHow.Declined when was.Stage is not HoldStage.Held && !NotHere(was, said) => $"{was.Id} was declined although it was {was.Stage}",
            GoneHow.Left when was.Stage is not HoldStage.Occupied && !arrived => $"{was.Id} left without having come",
            GoneHow.ReleasedUnseen => $"{was.Id} counts as never seen",
            _ => null,
        };
    }

    /// <summary>She had come after its end, and a person put that right.</summary>
    private static bool NotHere(BedHold was, BedEvent[] said) => was.EndedBefore is not null && said.Any(line => line is { Kind: BedEventKind.Corrected, By.Length: > 0 });

    /// <summary>What ended comes back only because she is there, and never as a hold.</summary>
    private static (Promise, string)? New(BedLedger before, BedLedger now, IReadOnlyDictionary<string, GoneHold> ended)
    {
        foreach (var hold in now.Holds.Where(h => before.Holds.All(b => b.Id != h.Id)))
        {
            if (ended.GetValueOrDefault(hold.Id) is { } gone && (hold.Stage is not HoldStage.Occupied || gone.How is GoneHow.ReleasedUnseen)) return (Promise.OverStaysOver, $"{hold.Id} ended as {gone.How} and is {hold.Stage} again");
            if (hold.AskedAt <= before.AskedFloor && !ended.ContainsKey(hold.Id)) return (Promise.OverStaysOver, $"{hold.Id} was asked for before the floor and is {hold.Stage}");
        }

        return null;
    }

    /// <summary>Each end is remembered, or lies under the floor that refuses what comes late.</summary>
    private static (Promise, string)? Remembered(BedLedger now, IReadOnlyDictionary<string, GoneHold> ended)
    {
        foreach (var (id, gone) in ended)
        {
            if (now.Gone.All(g => g.Id != id) && now.Holds.All(h => h.Id != id) && !(gone.AskedAt <= now.AskedFloor)) return (Promise.OverStaysOver, $"{id} ended as {gone.How} and that is forgotten");
        }

        return null;
    }

    private static bool Ends(BedEventKind kind) => kind is BedEventKind.Expired or BedEventKind.Withdrawn or BedEventKind.Declined or BedEventKind.NotCome or BedEventKind.Left;

    private static long VersionOf(BedEvent line) => long.Parse(line.Id.AsSpan(0, line.Id.IndexOf('.', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    public static string Words(ImmutableArray<BedCount> beds) => string.Join(", ", beds.OrderBy(b => b.Kind).Select(b => $"{b.Count} {b.Kind}"));
}
