using System.Net;
using Dispatch.Benchmarks.Floors;
using Dispatch.Benchmarks.Reporting;
using Dispatch.TestPostgres;
using Microsoft.AspNetCore.Builder;

namespace Dispatch.Benchmarks.Host;

/// <summary>A town on a fresh store of its own, with its hosts, which are not started yet.</summary>
internal sealed class MeasuredTown : IAsyncDisposable
{
    private readonly PostgresServer? _server;
    private readonly string? _database;
    private readonly Town _town;

    private MeasuredTown(PostgresServer? server, string? database, Town town, Servers hosts) => (_server, _database, _town, Hosts) = (server, database, town, hosts);

    public Servers Hosts { get; }

    public IReadOnlyList<Member> Responders => _town.Responders;

    public Member OnTheLine => _town.OnTheLine;

    /// <summary>One host within this process, not started, while the others are not.</summary>
    public WebApplication Inside() => _town.Inside(_database);

    /// <param name="more">What each host is told beside its store, by its address.</param>
    public static async Task<MeasuredTown> Build(Setup setup, TownPlan plan, Func<IPEndPoint, string[]>? more = null)
    {
        var server = setup.OnPostgres ? await PostgresServer.Create() : null;
        try
        {
            var database = server is null ? null : await Durable(server);
            var town = await Town.Build(plan, database);
            var place = new HostPlace(IPAddress.Loopback, database);
            return new MeasuredTown(server, database, town, new Servers([.. Enumerable.Range(1, setup.Hosts).Select(n => town.Host($"{n}", place, setup.Program, more))], supervised: setup.OnPostgres));
        }
        catch
        {
            if (server is not null) await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The least that its store can do: bare commits of one row by one client, on the same disk.</summary>
    public async Task<(double PerSecond, Samples Each)> BareCommits(TimeSpan duration)
    {
        if (_server is not null) return await PostgresFloor.Run(await _server.CreateDatabase(), duration);
        var folder = Directory.CreateTempSubdirectory("dispatch-floor-").FullName;
        try
        {
            return await Task.Run(() => SqliteFloor.Run(folder, duration));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Hosts.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        _town.Dispose();
    }

    /// <summary>An answer that comes before the disk has it would be compared with one that waits for it.</summary>
    private static async Task<string> Durable(PostgresServer server)
    {
        var database = await server.CreateDatabase();
        foreach (var setting in (string[])["fsync", "synchronous_commit"])
        {
            if (await PostgresFloor.Show(database, setting) is not "on") throw new InvalidOperationException($"PostgreSQL runs with {setting} off.");
        }

        return database;
    }
}
