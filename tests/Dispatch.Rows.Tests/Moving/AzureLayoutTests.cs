using System.Text;
using Dispatch.Moving;
using Dispatch.Moving.AzureTables;
using Dispatch.Rows.Tests.TableStorage;
using Dispatch.TableStorage;

namespace Dispatch.Rows.Tests.Moving;

/// <summary>Keys and properties as the source of Orleans' Azure providers, 10.2.2, makes them.</summary>
public sealed class AzureLayoutTests
{
    private readonly MemoryTables _tables = new();

    [Theory]
    [InlineData("alert/0f8fad5b-d9cb-469f-a165-70867728950e", "alert", "dispatch_alert_0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("serviceArea/XX/demo", "setup", "dispatch_serviceArea_XX_demo")]
    [InlineData("serviceArea/é\\#?+%", "setup", "dispatch_serviceArea_é___+%")]
    public void A_state_lies_where_Orleans_looks_for_it(string grain, string name, string partition)
    {
        var placed = StateLayout.Write(State(grain, name, [1, 2]));
        Assert.Equal(("OrleansGrainState", partition, name), (placed.Table, placed.Partition, placed.Key));
        Assert.Equal(new byte[] { 1, 2 }, Assert.Single(placed.Entry.Properties, property => property.Key == "Data").Value);
    }

    [Fact]
    public void A_large_state_is_in_as_many_pieces_as_Orleans_makes()
    {
        var pieces = StateLayout.Write(State("alert/a", "alert", new byte[(64 * 1024 * 10) + 1])).Entry.Properties;
        Assert.Equal(["Data", "Data1", "Data10", "Data2", "Data3", "Data4", "Data5", "Data6", "Data7", "Data8", "Data9"], pieces.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((64 * 1024, 1), (((byte[])pieces["Data9"]).Length, ((byte[])pieces["Data10"]).Length));
        Assert.Equal(15, StateLayout.Write(State("alert/a", "alert", new byte[15 * 64 * 1024])).Entry.Properties.Count);
        Assert.Throws<MoveRefusedException>(() => StateLayout.Write(State("alert/a", "alert", new byte[(15 * 64 * 1024) + 1])));
    }

    [Fact]
    public void A_reminder_lies_where_Orleans_looks_for_it()
    {
        var reminder = new ReminderTimes(new(2026, 3, 1, 13, 0, 0, 7, TimeSpan.FromHours(1)), TimeSpan.FromMinutes(1)).ToEntry("a/b", "watch");
        var placed = ReminderLayout.Write(reminder);
        Assert.Equal(("OrleansReminders", "dispatch_37BAA9ED", "a_b-watch"), (placed.Table, placed.Partition, placed.Key));
        Assert.Equal(
            "DeploymentId=dispatch;GrainRefConsistentHash=37BAA9ED;GrainReference=a/b;Period=00:01:00;ReminderName=watch;ServiceId=dispatch;StartAt=2026-03-01 12:00:00.007 GMT",
            string.Join(';', placed.Entry.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")));
    }

    [Fact]
    public async Task What_hosts_wrote_is_read()
    {
        await Plant(OrleansTables.States, "dispatch_alert_my_own-alert", "alert", new() { ["Data"] = Bytes("{\"value\":1"), ["Data1"] = Bytes("}") });
        await Plant(OrleansTables.States, "dispatch_serviceArea_ML_kayes_nord", "setup", new() { ["Data"] = Bytes("{\"value\":{\"id\":\"ML/kayes_nord\"}}") });
        await Plant(OrleansTables.States, "dispatch_protocol_ML", "protocol", []);
        await Plant(OrleansTables.States, "another_alert_a", "alert", new() { ["Data"] = Bytes("{}") });
        await Plant(OrleansTables.Reminders, "dispatch_37BAA9ED", "a_b-watch", Reminder("dispatch"));
        await Plant(OrleansTables.Reminders, "another_37BAA9ED", "a_b-watch", Reminder("another"));
        Assert.Equal(
            [
                "grain-state/alert/my_own-alert/alert {\"value\":1}",
                "grain-state/serviceArea/ML/kayes_nord/setup {\"value\":{\"id\":\"ML/kayes_nord\"}}",
                "grain-reminders/a/b/watch {\"startAt\":\"2026-03-01T12:00:00.007+00:00\",\"period\":\"1.00:00:00\"}",
            ],
            await Read());
    }

    [Theory]
    [InlineData("dispatch_serviceArea_ML_kayes", "setup", "Data", "{\"value\":{\"tenant\":\"ML\"}}", "does not say the area's id")]
    [InlineData("dispatch_serviceArea_ML_kayes", "setup", "Data", "{\"value\":{\"id\":\"ML/segou\"}}", "does not say the area's id")]
    [InlineData("dispatch_alert_a", "unheard-of", "Data", "{}", "no grain of this program")]
    [InlineData("dispatch_account_a", "alert", "Data", "{}", "no grain of this program")]
    [InlineData("dispatch_alert_a", "alert", "StringData", "{}", "another format")]
    public async Task What_cannot_be_read_for_certain_is_refused(string partition, string key, string property, string body, string because)
    {
        await Plant(OrleansTables.States, partition, key, new() { [property] = property == "Data" ? Bytes(body) : body });
        Assert.Contains(because, (await Assert.ThrowsAsync<MoveRefusedException>(Read)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Azures_tables_do_not_take_is_refused_by_its_name()
    {
        await Refused("same key", State("alert/a/b", "alert", Bytes("{}")), State("alert/a_b", "alert", Bytes("{}")));
        await Refused("control character", State("alert/a\nb", "alert", Bytes("{}")));
        await Refused("too long", State($"alert/{new string('x', 500)}", "alert", Bytes("{}")));
        await Refused("cannot be kept", new Entry("history", new string('é', 200), "k", null, Bytes("{}")));
        await Refused("cannot be kept", new Entry("history", new string('x', 300), new string('y', 300), 1, Bytes("{}")));
        await Refused("bytes", new Entry("history", "p", "k", null, new byte[TableBody.MostBytes + 1]));
        await Refused("no grain of this program", State("alert/a", "setup", Bytes("{}")));
    }

    private static async Task Refused(string because, params Entry[] entries)
    {
        await using var target = new TablesTarget(new MemoryTables(), TimeProvider.System);
        await target.Begin("one");
        var refusal = await Assert.ThrowsAsync<MoveRefusedException>(() => target.Write(entries, entries.Length));
        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(entries[0].ToString(), refusal.Message, StringComparison.Ordinal);
    }

    private async Task<List<string>> Read()
    {
        List<string> read = [];
        await foreach (var entry in TablesReading.All(_tables)) read.Add($"{entry} {Encoding.UTF8.GetString(entry.Body.Span)}");
        return read;
    }

    private async Task Plant(string table, string partition, string key, Dictionary<string, object> properties)
    {
        await _tables.Make(table);
        Assert.Null(await _tables.Submit(table, partition, [new(TableVerb.Add, new(key, "", properties))]));
    }

    private static Dictionary<string, object> Reminder(string service) => new()
    {
        ["GrainReference"] = "a/b", ["ReminderName"] = "watch", ["ServiceId"] = service, ["DeploymentId"] = "cluster", ["StartAt"] = "2026-03-01 12:00:00.007 GMT", ["Period"] = "1.00:00:00",
        ["GrainRefConsistentHash"] = "37BAA9ED",
    };

    private static Entry State(string grain, string name, byte[] body) => new(Entry.States, grain, name, null, body);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
