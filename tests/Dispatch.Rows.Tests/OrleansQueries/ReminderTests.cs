using System.Data;
using Dispatch.Rows.Tests.Postgres;
using static Dispatch.Rows.Tests.OrleansQueries.Queries;

namespace Dispatch.Rows.Tests.OrleansQueries;

[Collection(Servers.Name)]
public sealed class ReminderTests(ServerFixture servers) : IAsyncLifetime
{
    private static readonly DateTime Noon = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc).AddTicks(1234560);
    private Queries _queries = null!;

    public async Task InitializeAsync() => _queries = new(await servers.Emptied());

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_reminder_is_read_as_it_was_registered_and_registered_anew()
    {
        var first = await Register("alert/1", "watch", 5, Noon, Number("Period", 60_000));
        var row = Assert.Single(await Rows("ReadReminderRowKey", ("alert/1", "watch")));
        Assert.Equal(("alert/1", "watch", Noon, 60_000L, first), (row["GrainId"], row["ReminderName"], row["StartTime"], row["Period"], row["Version"]));
        var second = await Register("alert/1", "watch", 5, Noon.AddHours(1), Long("Period", 4_000_000_000));
        row = Assert.Single(await Rows("ReadReminderRowKey", ("alert/1", "watch")));
        Assert.Equal((Noon.AddHours(1), 4_000_000_000L, second), (row["StartTime"], row["Period"], row["Version"]));
        Assert.NotEqual(first, second);
        await Register("alert/1", "other", 5);
        await Register("alert/2", "watch", 6);
        Assert.Equal(2, (await _queries.Ask("ReadReminderRowsKey", Text("ServiceId", "s"), Grain("alert/1"))).Count);
    }

    [Fact]
    public async Task A_reminder_is_removed_only_over_the_version_that_was_read_also_when_it_was_made_anew()
    {
        var first = await Register("alert/1", "watch", 5);
        Assert.False(await Remove("alert/1", "watch", first + 1));
        Assert.True(await Remove("alert/1", "watch", first));
        Assert.False(await Remove("alert/1", "watch", first));
        await Register("alert/1", "watch", 5);
        Assert.False(await Remove("alert/1", "watch", first));
        await _queries.Ask("DeleteReminderRowsKey", Text("ServiceId", "other"));
        Assert.Single(await Rows("ReadReminderRowKey", ("alert/1", "watch")));
        await _queries.Ask("DeleteReminderRowsKey", Text("ServiceId", "s"));
        Assert.Empty(await Rows("ReadReminderRowKey", ("alert/1", "watch")));
    }

    [Theory]
    [InlineData("ReadRangeRows1Key", -100, 100, new[] { -99, 0, 100 })]
    [InlineData("ReadRangeRows1Key", 100, int.MaxValue, new[] { 101, int.MaxValue })]
    [InlineData("ReadRangeRows2Key", 100, -100, new[] { int.MinValue, -100, 101, int.MaxValue })]
    [InlineData("ReadRangeRows2Key", int.MaxValue, int.MinValue, new[] { int.MinValue })]
    [InlineData("ReadRangeRows2Key", 7, 7, new[] { int.MinValue, -100, -99, 0, 100, 101, int.MaxValue })]
    public async Task A_part_of_the_ring_begins_after_its_begin_and_ends_with_its_end(string query, int begin, int end, int[] hashes)
    {
        foreach (var hash in new[] { int.MinValue, -100, -99, 0, 100, 101, int.MaxValue }) await Register($"alert/{hash}", "watch", hash);
        var found = await _queries.Ask(query, Text("ServiceId", "s"), Number("BeginHash", begin), Number("EndHash", end));
        Assert.Equal(hashes.Select(hash => $"alert/{hash}").Order(), found.Select(row => (string)row["GrainId"]!).Order());
    }

    private Task<int> Register(string grain, string name, int hash) => Register(grain, name, hash, Noon, Number("Period", 60_000));

    private async Task<int> Register(string grain, string name, int hash, DateTime start, (string, object?, DbType) period)
    {
        var rows = await _queries.Ask("UpsertReminderRowKey", Text("ServiceId", "s"), Number("GrainHash", hash), Grain(grain), Text("ReminderName", name), Time("StartTime", start), period);
        return Convert.ToInt32(Assert.Single(rows)["Version"], System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<bool> Remove(string grain, string name, int version) =>
        _queries.Happened("DeleteReminderRowKey", Text("ServiceId", "s"), Grain(grain), Text("ReminderName", name), Number("Version", version));

    private Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> Rows(string query, (string Grain, string Name) reminder) =>
        _queries.Ask(query, Text("ServiceId", "s"), Grain(reminder.Grain), Text("ReminderName", reminder.Name));

    private static (string, object?, DbType) Grain(string id) => ("GrainId", id, DbType.AnsiString);
}
