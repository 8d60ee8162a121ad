using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Dispatch.Moving;
using Dispatch.Moving.AzureTables;
using Dispatch.Moving.Local;
using Dispatch.Moving.Postgres;
using Dispatch.Postgres;
using Dispatch.Rows.Tests.Moving;
using Dispatch.Rows.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.Rows.Tests.OrleansProviders;

/// <summary>A real silo with Orleans' own providers on our tables.</summary>
[Collection(Servers.Name)]
public sealed class ProviderTests(ServerFixture servers) : IDisposable
{
    private readonly StoreFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task What_was_imported_is_what_Orleans_reads_and_what_Orleans_writes_is_exported()
    {
        var before = await _home.Fill("first");
        var database = await servers.Prepared();
        await using (var source = new LocalSource(_home["first"])) await Move.Export(source, _home["out"], "one");
        await using (var target = await PostgresTarget.Open(database)) await Move.Import(_home["out"], target);

        using (var host = await Start(database))
        {
            await ReadsEveryState(host, before);
            await ReadsEveryReminder(host, before);
            Assert.Contains("Stop every host", (await Assert.ThrowsAsync<MoveRefusedException>(() => PostgresSource.Open(database))).Message, StringComparison.Ordinal);
            await WriteAnother(host);
            await host.StopAsync();
        }

        await using var after = await PostgresSource.Open(database);
        Dictionary<string, Entry> entries = [];
        await foreach (var entry in after.Read()) entries.Add(entry.ToString(), entry);
        Assert.Equal(before.Count + 2, entries.Count);
        Assert.Equal("{\"value\":77}", Encoding.UTF8.GetString(entries["grain-state/alert/new one/alert"].Body.Span));
        Assert.Equal("{\"startAt\":\"2026-03-01T13:00:00.001+00:00\",\"period\":\"00:02:00\"}", Encoding.UTF8.GetString(entries["grain-reminders/alert/new one/watch"].Body.Span));
    }

    [Theory]
    [InlineData("alert", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("serviceArea", "é😀")]
    [InlineData("a", "b")]
    public void A_grain_lies_on_the_ring_where_Orleans_looks_for_it(string type, string key) =>
        Assert.Equal(unchecked((int)GrainId.Create(type, key).GetUniformHashCode()), RingHash.Of(type, key));

    [Fact]
    public void A_time_is_written_as_Orleans_writes_it()
    {
        var time = new DateTimeOffset(2026, 3, 1, 13, 0, 0, 1, TimeSpan.FromHours(1));
        Assert.Equal(LogFormatter.PrintDate(time.UtcDateTime), OrleansTime.Write(time));
    }

    private static async Task ReadsEveryState(IHost host, IReadOnlyList<Entry> before)
    {
        var storage = host.Services.GetRequiredService<IGrainStorage>();
        foreach (var entry in before.Where(e => e.Table == Entry.States))
        {
            var state = new GrainState<JsonElement>();
            await storage.ReadStateAsync(entry.Key, GrainId.Parse(entry.Partition), state);
            Assert.True(state.RecordExists, entry.ToString());
            Assert.Equal(Encoding.UTF8.GetString(entry.Body.Span), state.State.GetRawText());
            await storage.WriteStateAsync(entry.Key, GrainId.Parse(entry.Partition), state);
            var stale = new GrainState<JsonElement> { State = state.State, ETag = "1" };
            await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(entry.Key, GrainId.Parse(entry.Partition), stale));
        }

        var absent = new GrainState<JsonElement>();
        await storage.ReadStateAsync("alert", GrainId.Parse("alert/nobody"), absent);
        Assert.False(absent.RecordExists);
    }

    private static async Task ReadsEveryReminder(IHost host, IReadOnlyList<Entry> before)
    {
        var table = host.Services.GetRequiredService<IReminderTable>();
        var expected = before.Where(e => e.Table == Entry.Reminders).Select(e => (e.Partition, e.Key, e.Due!.Value)).Order();
        Assert.Equal(expected, (await table.ReadRows(0, 0)).Reminders.Select(r => (r.GrainId.ToString(), r.ReminderName, r.StartAt.Ticks)).Order());
        var halves = (await table.ReadRows(0, 0x8000_0000)).Reminders.Concat((await table.ReadRows(0x8000_0000, 0)).Reminders);
        Assert.Equal(expected, halves.Select(r => (r.GrainId.ToString(), r.ReminderName, r.StartAt.Ticks)).Order());
    }

    private static async Task WriteAnother(IHost host)
    {
        var state = new GrainState<JsonElement> { State = JsonDocument.Parse("{\"value\":77}").RootElement };
        await host.Services.GetRequiredService<IGrainStorage>().WriteStateAsync("alert", GrainId.Parse("alert/new one"), state);
        await host.Services.GetRequiredService<IReminderTable>().UpsertRow(new ReminderEntry
        {
            GrainId = GrainId.Parse("alert/new one"),
            ReminderName = "watch",
            StartAt = new DateTime(2026, 3, 1, 13, 0, 0, 1, DateTimeKind.Utc),
            Period = TimeSpan.FromMinutes(2),
        });
    }

    private static async Task<IHost> Start(PostgresSettings database)
    {
        const string Invariant = "Npgsql";
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("c", GrainName.Service))
            .ConfigureEndpoints(IPAddress.Loopback, FreePort(), 0)
            .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, database.ConnectionString))
            .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, database.ConnectionString))
            .AddAdoNetGrainStorageAsDefault(options => (options.Invariant, options.ConnectionString, options.GrainStorageSerializer) = (Invariant, database.ConnectionString, new PlainJson())));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class PlainJson : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

        public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span)!;
    }
}
