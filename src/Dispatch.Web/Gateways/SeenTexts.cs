using Dispatch.Grains.Rows;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Gateways;

/// <summary>
/// Which texts were dealt with. The same again from the gateway does nothing: a code goes on to another offer one day, and an old yes must not accept that one. Kept only once
/// everything is done, so that what failed half-way is taken up again.
/// </summary>
internal sealed class SeenTexts(IRows rows, Macs macs, TimeProvider clock)
{
    private const string Key = "text";

    /// <summary>Longer than any gateway repeats.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    public async Task<bool> Known(string gateway, string id) => await rows.Read<SeenTextRow>(Tables.TextsSeen, Partition(gateway, id), Key) is not null;

    public Task Keep(string gateway, string id)
    {
        var now = clock.GetUtcNow();
        return rows.Write([new RowChange(Tables.TextsSeen, Partition(gateway, id), Key, new SeenTextRow(now), now + KeptFor)]);
    }

    private string Partition(string gateway, string id) => macs.Text($"seen\0{gateway}\0{id}");
}

internal sealed record SeenTextRow(DateTimeOffset At)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}
