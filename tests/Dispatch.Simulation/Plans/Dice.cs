using System.Globalization;

namespace Dispatch.Simulation.Plans;

/// <summary>
/// Chance that depends on what it decides and on nothing that happened before: leaving one thing out of a plan changes no other throw, so
/// that a failing plan can be made shorter.
/// </summary>
internal static class Dice
{
    /// <summary>From 0 up to 1, always the same for the same seed and words.</summary>
    public static double Share(int seed, params ReadOnlySpan<string> words)
    {
        var hash = 14695981039346656037UL ^ (uint)seed;
        foreach (var word in words)
        {
            foreach (var c in word) hash = (hash ^ c) * 1099511628211UL;
            hash = (hash ^ 0xff) * 1099511628211UL;
        }

        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53UL;
        hash ^= hash >> 33;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }

    public static double Share(int seed, string word, long number) => Share(seed, word, number.ToString(CultureInfo.InvariantCulture));
}
