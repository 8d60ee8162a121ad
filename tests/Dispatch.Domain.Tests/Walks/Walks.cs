namespace Dispatch.Domain.Tests.Walks;

/// <summary>The same two thousand lives every time.</summary>
internal static class Walks
{
    public const int Count = 2000;

    /// <summary>Holds one promise against every decision of every walk; the shortest walk that breaks it is told in full.</summary>
    public static void Keep(Func<Step, string?> broken)
    {
        var (broke, shortest, story) = (0, int.MaxValue, "");
        for (var seed = 0; seed < Count; seed++)
        {
            var walk = new Walk(seed);
            for (var i = 0; i < walk.Steps.Count; i++)
            {
                if (broken(walk.Steps[i]) is not { } why) continue;
                broke++;
                if (i < shortest) (shortest, story) = (i, Tell(seed, walk, i, why));
                break;
            }
        }

        Assert.True(broke == 0, $"{broke} of {Count} walks break it. {story}");
    }

    private static string Tell(int seed, Walk walk, int at, string why) =>
        $"Seed {seed}: {why}\n  pressed {string.Join(' ', walk.Press.Needs)}, consent {walk.Press.PoliceConsent is not null}\n  "
        + string.Join("\n  ", walk.Steps.Take(at + 1).Where(s => s.Decision is not Dispatch.Domain.Alerts.Decision.Unchanged).Select(s => s.Command));
}
