namespace Dispatch.TableStorage;

/// <summary>What is to be written in one place.</summary>
internal interface IPlaced
{
    string Partition { get; }

    string Key { get; }

    /// <summary>On the wire.</summary>
    int Bytes { get; }
}

/// <summary>What goes in one transaction: rows of one partition, no row twice, within what the service takes at once.</summary>
internal static class WriteRounds
{
    public const int MostRows = 100;

    /// <summary>The service takes 4 MiB with everything that the protocol adds.</summary>
    private const int MostBytes = 7 << 19;

    /// <summary>Partitions in the order in which they are first named, and the writes of one in the order in which they are given.</summary>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IEnumerable<T> writes)
        where T : IPlaced =>
        writes.GroupBy(write => write.Partition, StringComparer.Ordinal).SelectMany(OfPartition);

    private static IEnumerable<IReadOnlyList<T>> OfPartition<T>(IEnumerable<T> writes)
        where T : IPlaced
    {
        List<T> round = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        var bytes = 0;
        foreach (var write in writes)
        {
            if (round.Count == MostRows || bytes + write.Bytes > MostBytes || keys.Contains(write.Key))
            {
                yield return round;
                round = [];
                keys.Clear();
                bytes = 0;
            }

            round.Add(write);
            keys.Add(write.Key);
            bytes += write.Bytes;
        }

        if (round.Count > 0) yield return round;
    }
}
