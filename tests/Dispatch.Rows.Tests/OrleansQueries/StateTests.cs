using System.Data;
using System.Text;
using Dispatch.Rows.Tests.Postgres;
using static Dispatch.Rows.Tests.OrleansQueries.Queries;

namespace Dispatch.Rows.Tests.OrleansQueries;

[Collection(Servers.Name)]
public sealed class StateTests(ServerFixture servers) : IAsyncLifetime
{
    private Queries _queries = null!;

    public async Task InitializeAsync() => _queries = new(await servers.Emptied());

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_state_is_made_once_and_replaced_only_over_the_version_that_was_read()
    {
        Assert.Equal(1, await Write("a", null, "one"));
        Assert.Null(await Write("a", null, "two"));
        Assert.Equal(2, await Write("a", 1, "three"));
        Assert.Null(await Write("a", 1, "four"));
        Assert.Null(await Write("b", 1, "five"));
        Assert.Equal(("three", 2), await Read("a"));
        Assert.Null(await Read("b"));
    }

    [Fact]
    public async Task Of_activations_that_write_at_once_exactly_one_does()
    {
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Write("a", null, $"{i}"))), version => version == 1);
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Write("a", 1, $"{i}"))), version => version == 2);
    }

    [Fact]
    public async Task A_cleared_state_keeps_its_version_and_a_deleted_one_is_gone()
    {
        await Write("a", null, "one");
        Assert.Empty(await Ask("ClearStorageKey", "a", 7));
        Assert.Equal(2, Version(await Ask("ClearStorageKey", "a", 1)));
        Assert.Equal((null, 2), await Read("a"));
        Assert.Equal(3, await Write("a", 2, "two"));
        Assert.Empty(await Ask("DeleteStorageKey", "a", 2));
        Assert.Equal(4, Version(await Ask("DeleteStorageKey", "a", 3)));
        Assert.Null(await Read("a"));
    }

    [Fact]
    public async Task Keys_that_differ_are_different_states()
    {
        string?[] keys = [null, "", "a", "A", "é", "+a"];
        foreach (var key in keys) Assert.Equal(1, await Write(key, null, $"<{key}>"));
        foreach (var key in keys) Assert.Equal(($"<{key}>", 1), await Read(key));
        Assert.Empty(await _queries.Ask("ReadFromStorageKey", Key("a", service: "other")));
    }

    private async Task<int?> Write(string? key, int? version, string text) =>
        Version(await _queries.Ask("WriteToStorageKey", [.. Key(key), Number("GrainStateVersion", version), ("PayloadBinary", Encoding.UTF8.GetBytes(text), DbType.Binary)]));

    private async Task<(string? Text, int Version)?> Read(string? key) =>
        await _queries.Ask("ReadFromStorageKey", Key(key)) is [var row] ? (row["PayloadBinary"] is byte[] body ? Encoding.UTF8.GetString(body) : null, (int)row["Version"]!) : null;

    private Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> Ask(string query, string key, int version) => _queries.Ask(query, [.. Key(key), Number("GrainStateVersion", version)]);

    private static int? Version(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows) => rows is [var row] ? (int?)row["NewGrainStateVersion"] : null;

    private static (string, object?, DbType)[] Key(string? key, string service = "dispatch") =>
    [
        Number("GrainIdHash", 1), Long("GrainIdN0", 0), Long("GrainIdN1", 0), Number("GrainTypeHash", 2), Text("GrainTypeString", "alert"), Text("GrainIdExtensionString", key), Text("ServiceId", service),
    ];
}
