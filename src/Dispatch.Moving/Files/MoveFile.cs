using System.Text.Json.Serialization;

namespace Dispatch.Moving.Files;

/// <summary>The file between two stores: one JSON object a line. The first says what it is, the last what was in it; one that ends before is no export.</summary>
internal static class MoveFile
{
    public const int Format = 1;

    /// <summary>A larger line is no entry of ours.</summary>
    public const int LongestLine = 2 << 20;

    /// <summary>Compressed when its name says so.</summary>
    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.Ordinal);
}

internal sealed record Head([property: JsonPropertyName("dispatch")] string Kind, int Format, string Id)
{
    public const string Export = "export";
}

internal sealed record Line(string Table, string Partition, string Key, byte[] Body)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Due { get; init; }
}

internal sealed record Foot(IReadOnlyDictionary<string, TableSum> Tables, long Count, string Sum);
