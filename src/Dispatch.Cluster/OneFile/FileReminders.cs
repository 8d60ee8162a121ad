using System.Text.Json;
using Dispatch.Storage;

namespace Dispatch.Cluster.OneFile;

/// <summary>Reminders in the file of a single host, in the rows in which the local engine keeps them.</summary>
internal sealed class FileReminders(ILocalStore store) : IReminderTable
{
    private const string Table = "grain-reminders";
    private const int Page = 1_000;
    private static readonly JsonSerializerOptions Format = JsonSerializerOptions.Web;

    public async Task<ReminderTableData> ReadRows(GrainId grainId) => new((await store.List(Table, grainId.ToString(), null, Page)).Select(Entry));

    /// <summary>The file is one host's, which owns the whole ring; the range is kept all the same.</summary>
    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var all = new List<ReminderEntry>();
        for (Row? last = null; ;)
        {
            var page = await store.ListDue(Table, DateTimeOffset.MaxValue, Page, last);
            all.AddRange(page.Select(Entry).Where(entry => Within(entry.GrainId.GetUniformHashCode(), begin, end)));
            if (page.Count < Page) return new ReminderTableData(all);
            last = page[^1];
        }
    }

    public async Task<ReminderEntry> ReadRow(GrainId grainId, string reminderName) =>
        await store.Read(Key(grainId, reminderName)) is { } row ? Entry(row) : null!;

    public async Task<string> UpsertRow(ReminderEntry entry)
    {
        var stored = new StoredReminder(new DateTimeOffset(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)), entry.Period);
        var outcome = await store.Write(new RowWrite(Key(entry.GrainId, entry.ReminderName), JsonSerializer.SerializeToUtf8Bytes(stored, Format), stored.StartAt));
        return outcome.ETag!;
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        (await store.Write(RowWrite.Delete(Key(grainId, reminderName), eTag))).Stored;

    public Task TestOnlyClearTable() => throw new NotSupportedException();

    private static bool Within(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static RowKey Key(GrainId grainId, string name) => new(Table, grainId.ToString(), name);

    private static ReminderEntry Entry(Row row)
    {
        var stored = JsonSerializer.Deserialize<StoredReminder>(row.Body.Span, Format)!;
        return new ReminderEntry
        {
            GrainId = GrainId.Parse(row.Id.Partition),
            ReminderName = row.Id.Key,
            StartAt = stored.StartAt.UtcDateTime,
            Period = stored.Period,
            ETag = row.ETag,
        };
    }

    private sealed record StoredReminder(DateTimeOffset StartAt, TimeSpan Period);
}
