namespace Dispatch.Grains.Rows;

public static class RowsExtensions
{
    private const int Page = 500;

    /// <summary>No partition that is read whole may hold more; a larger one is a defect and not a longer wait.</summary>
    private const int MaxPages = 100;

    /// <summary>Every row of one partition, page by page.</summary>
    public static async Task<IReadOnlyList<T>> All<T>(this IRows rows, string table, string partition)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(rows);
        var all = new List<T>();
        string? after = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var some = await rows.List<T>(table, partition, after, Page);
            all.AddRange(some.Select(r => r.Value));
            if (some.Count < Page) return all;
            after = some[^1].Key;
        }

        throw new InvalidOperationException($"A partition of {table} holds more than {Page * MaxPages} rows");
    }
}
