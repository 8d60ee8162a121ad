using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Dispatch.TestPostgres;

namespace Dispatch.Cluster.Tests.Harness;

/// <summary>Hosts of one cluster with a PostgreSQL server of their own, everybody on duty.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    public static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    private RunningCluster(PostgresServer server, string database, Town town, IReadOnlyList<ServerProcess> hosts) =>
        (Server, Database, Town, Hosts) = (server, database, town, hosts);

    public PostgresServer Server { get; }

    public string Database { get; }

    public Town Town { get; }

    public IReadOnlyList<ServerProcess> Hosts { get; }

    public Uri[] Addresses => [.. Hosts.Select(h => h.Address)];

    /// <param name="hosts">How many.</param>
    /// <param name="placeOf">Where each of them lives, given the database; on the loopback by default.</param>
    /// <param name="plan">The small town by default.</param>
    public static async Task<RunningCluster> Start(int hosts = 3, Func<int, PostgresServer, string, HostPlace>? placeOf = null, TownPlan? plan = null)
    {
        var server = await PostgresServer.Create();
        Town? town = null;
        ServerProcess[] running = [];
        try
        {
            var database = await server.CreateDatabase();
            town = await Town.Build(plan ?? SmallTown.Plan, database);
            running = [.. Enumerable.Range(0, hosts).Select(n => town.Host($"{(char)('A' + n)}", placeOf?.Invoke(n, server, database) ?? new HostPlace(IPAddress.Loopback, database)))];
            // All at once, as after a power cut.
            await Task.WhenAll(running.Select(h => h.Start(StartsWithin)));
            var cluster = new RunningCluster(server, database, town, running);
            await cluster.EverybodyGoesOnDuty();
            return cluster;
        }
        catch
        {
            foreach (var host in running) await host.DisposeAsync();
            town?.Dispose();
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until every host that runs is ready again.</summary>
    public async Task AllReady(TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        foreach (var host in Hosts)
        {
            while (!await host.IsReady())
            {
                Assert.True(clock.Elapsed < within, $"{host.Name} was not ready again within {within}: {host.Output}");
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts) await host.DisposeAsync();
        await Server.DisposeAsync();
        Town.Dispose();
    }

    private Task EverybodyGoesOnDuty() => Task.WhenAll(Town.Responders.Select(async (member, i) =>
    {
        var caller = new Caller(Addresses, i, member.Token);
        var answer = await caller.Until(TimeSpan.FromSeconds(30), HttpMethod.Put, "/api/v1/me/duty", () => JsonContent.Create(new { onDuty = true }));
        Assert.Equal(HttpStatusCode.OK, answer?.Status);
    }));
}
