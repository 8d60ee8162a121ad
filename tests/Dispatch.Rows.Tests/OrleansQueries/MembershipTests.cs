using System.Data;
using Dispatch.Rows.Tests.Postgres;
using static Dispatch.Rows.Tests.OrleansQueries.Queries;

namespace Dispatch.Rows.Tests.OrleansQueries;

[Collection(Servers.Name)]
public sealed class MembershipTests(ServerFixture servers) : IAsyncLifetime
{
    private const int Active = 3;
    private const int Dead = 6;
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private Queries _queries = null!;

    public async Task InitializeAsync()
    {
        _queries = new(await servers.Emptied());
        Assert.True(await _queries.Happened("InsertMembershipVersionKey", Text("DeploymentId", "c")));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_cluster_begins_once_and_its_version_is_told_before_anybody_joined()
    {
        Assert.False(await _queries.Happened("InsertMembershipVersionKey", Text("DeploymentId", "c")));
        foreach (var row in new[] { Assert.Single(await All()), Assert.Single(await One(1)) })
        {
            Assert.Null(row["StartTime"]);
            Assert.Equal(0, row["Version"]);
        }
    }

    [Fact]
    public async Task A_silo_joins_only_over_the_version_that_it_has_read()
    {
        Assert.True(await Join(1, version: 0));
        Assert.False(await Join(2, version: 0));
        Assert.False(await Join(1, version: 1));
        Assert.Equal(1, (await All())[0]["Version"]);
        Assert.True(await Join(2, version: 1));
        Assert.Equal(2, (await All()).Count);

        var one = Assert.Single(await One(2));
        Assert.Equal(("10.0.0.1", 11002, 2, "silo 2", "host", Active, 30002), (one["Address"], one["Port"], one["Generation"], one["SiloName"], one["HostName"], one["Status"], one["ProxyPort"]));
        Assert.Equal((Noon, Noon, null, 2), (one["StartTime"], one["IAmAliveTime"], one["SuspectTimes"], one["Version"]));
    }

    [Fact]
    public async Task Of_silos_that_join_or_leave_at_once_exactly_one_does()
    {
        Assert.Single(await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Join(i, version: 0))), joined => joined);
        var there = (int)(await All())[0]["Generation"]!;
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Update(there, Dead, version: 1))), done => done);
        Assert.Equal(2, (await All())[0]["Version"]);
    }

    [Fact]
    public async Task A_silo_changes_only_over_the_version_that_was_read_and_only_when_it_is_there()
    {
        await Join(1, version: 0);
        Assert.False(await Update(1, Dead, version: 0));
        Assert.False(await Update(2, Dead, version: 1));
        Assert.Equal(1, (await All())[0]["Version"]);
        Assert.True(await Update(1, Dead, version: 1));
        var row = Assert.Single(await All());
        Assert.Equal((Dead, "S10.0.0.1:11002:2,2026", 2), (row["Status"], row["SuspectTimes"], row["Version"]));
    }

    [Fact]
    public async Task A_sign_of_life_changes_no_version()
    {
        await Join(1, version: 0);
        await _queries.Ask("UpdateIAmAlivetimeKey", [.. Silo(1), Time("IAmAliveTime", Noon.AddMinutes(1))]);
        var row = Assert.Single(await All());
        Assert.Equal((Noon.AddMinutes(1), 1), (row["IAmAliveTime"], row["Version"]));
    }

    [Fact]
    public async Task Gateways_are_the_active_silos_with_a_port_for_clients()
    {
        await Join(1, version: 0);
        await Join(2, version: 1);
        await Join(3, version: 2, proxyPort: 0);
        await Update(2, Dead, version: 3);
        var gateway = Assert.Single(await _queries.Ask("GatewaysQueryKey", Text("DeploymentId", "c"), Number("Status", Active)));
        Assert.Equal(("10.0.0.1", 30001, 1), (gateway["Address"], gateway["ProxyPort"], gateway["Generation"]));
    }

    [Fact]
    public async Task What_is_dead_for_long_is_cleaned_away_and_a_cluster_ends_as_a_whole()
    {
        await Join(1, version: 0);
        await Join(2, version: 1);
        await Update(2, Dead, version: 2);
        await _queries.Ask("CleanupDefunctSiloEntriesKey", Text("DeploymentId", "c"), Time("IAmAliveTime", Noon));
        Assert.Equal(2, (await All()).Count);
        await _queries.Ask("CleanupDefunctSiloEntriesKey", Text("DeploymentId", "c"), Time("IAmAliveTime", Noon.AddSeconds(1)));
        Assert.Equal(1, Assert.Single(await All())["Generation"]);
        await _queries.Happened("InsertMembershipVersionKey", Text("DeploymentId", "other"));
        await _queries.Ask("DeleteMembershipTableEntriesKey", Text("DeploymentId", "c"));
        Assert.Empty(await All());
        Assert.Single(await _queries.Ask("MembershipReadAllKey", Text("DeploymentId", "other")));
    }

    private Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> All() => _queries.Ask("MembershipReadAllKey", Text("DeploymentId", "c"));

    private Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> One(int silo) => _queries.Ask("MembershipReadRowKey", Silo(silo));

    private Task<bool> Join(int silo, int version, int? proxyPort = null) => _queries.Happened(
        "InsertMembershipKey",
        [
            .. Silo(silo), Text("SiloName", $"silo {silo}"), Text("HostName", "host"), Number("Status", Active), Number("ProxyPort", proxyPort ?? 30000 + silo),
            Time("StartTime", Noon), Time("IAmAliveTime", Noon), Number("Version", version),
        ]);

    private Task<bool> Update(int silo, int status, int version) => _queries.Happened(
        "UpdateMembershipKey", [.. Silo(silo), Number("Status", status), Text("SuspectTimes", "S10.0.0.1:11002:2,2026"), Time("IAmAliveTime", Noon), Number("Version", version)]);

    private static (string, object?, DbType)[] Silo(int silo) =>
        [Text("DeploymentId", "c"), ("Address", "10.0.0.1", DbType.AnsiString), Number("Port", 11000 + silo), Number("Generation", silo)];
}
