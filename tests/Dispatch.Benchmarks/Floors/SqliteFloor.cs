using System.Diagnostics;
using Dispatch.Benchmarks.Reporting;
using Dispatch.Storage;

namespace Dispatch.Benchmarks.Floors;

/// <summary>Bare commits of one row each: write-ahead log, synchronous=FULL, one index, one thread, nothing else.</summary>
internal static class SqliteFloor
{
    private const int RowBytes = 256;

    /// <summary>Commits per second, and how long each took.</summary>
    public static (double PerSecond, Samples Each) Run(string folder, TimeSpan duration)
    {
        NativeSqlite.Load();
        Directory.CreateDirectory(folder);
        using var connection = new SqliteConnection(Path.Combine(folder, "floor.db"), create: true);
        connection.AskText("PRAGMA journal_mode=WAL");
        connection.Execute("PRAGMA synchronous=FULL; CREATE TABLE row (key TEXT NOT NULL UNIQUE, body BLOB NOT NULL)");
        var insert = connection.Prepare("INSERT INTO row VALUES (?, ?)");
        var body = new byte[RowBytes];
        var each = new List<long>();
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            var began = Stopwatch.GetTimestamp();
            insert.Bind(Guid.NewGuid().ToString("D")).Bind(body).Run();
            each.Add(Stopwatch.GetTimestamp() - began);
        }

        return (each.Count / Stopwatch.GetElapsedTime(start).TotalSeconds, new Samples(each));
    }
}
