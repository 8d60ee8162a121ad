using System.Globalization;
using System.Text.Json;
using Dispatch.TableStorage;

namespace Dispatch.Moving.AzureTables;

/// <summary>A grain's state as Orleans' table storage keeps it: its bytes in pieces, found by the service and the grain, and by the state's name.</summary>
internal static class StateLayout
{
    private const int MostChunks = 15;
    private const string Data = "Data";

    /// <summary>Present where somebody told Orleans to write texts; our hosts never do.</summary>
    private const string TextData = "StringData";

    /// <summary>The one state whose grain may have a key that Orleans does not spell; all others' keys are letters, digits, '-' and '_'.</summary>
    private const string SpeltInside = "setup";

    private const string Ours = GrainName.Service + "_";

    public static Placed Write(Entry state)
    {
        if (state.Body.Length > MostChunks * TableBody.ChunkBytes) throw new MoveRefusedException($"{state} has {state.Body.Length} bytes; Orleans keeps {MostChunks * TableBody.ChunkBytes} in Azure's tables.");
        _ = GrainName.OfState(state);
        var body = state.Body.ToArray();
        var properties = new Dictionary<string, object>();
        for (var chunk = 0; chunk * TableBody.ChunkBytes < body.Length; chunk++) properties[Name(chunk)] = body[(chunk * TableBody.ChunkBytes)..Math.Min((chunk + 1) * TableBody.ChunkBytes, body.Length)];
        return new(OrleansTables.States, OrleansKey.Of(state, $"{Ours}{state.Partition}"), new(OrleansKey.Of(state, state.Key), "", properties), TableBody.OnTheWire(body));
    }

    /// <summary>Null for what is another service's, or was cleared.</summary>
    public static Entry? Read(TablePlace place, Func<string, string?> noted)
    {
        var (partition, entry) = (place.Partition, place.Entry);
        if (!partition.StartsWith(Ours, StringComparison.Ordinal)) return null;
        if (!GrainStates.TypeOf.TryGetValue(entry.Key, out var type) || !partition.StartsWith($"{Ours}{type}_", StringComparison.Ordinal))
            throw new MoveRefusedException($"The storage account holds a state `{entry.Key}` that no grain of this program keeps.");
        if (entry.Properties.ContainsKey(TextData)) throw new MoveRefusedException($"The storage account holds a state `{entry.Key}` in another format than this program's hosts write.");
        var body = Body(entry);
        if (body.Length == 0) return null;
        var key = partition[(Ours.Length + type.Length + 1)..];
        return new(Entry.States, noted(partition) ?? $"{type}/{Spelled(entry.Key, key, body)}", entry.Key, null, body);
    }

    private static byte[] Body(TableEntry entry)
    {
        List<byte> body = [];
        for (var chunk = 0; chunk < MostChunks; chunk++)
        {
            if (entry.Properties.TryGetValue(Name(chunk), out var bytes)) body.AddRange((byte[])bytes);
        }

        return [.. body];
    }

    private static string Spelled(string state, string key, byte[] body)
    {
        if (!key.Contains('_', StringComparison.Ordinal) || state != SpeltInside) return key;
        return IdIn(body) is { } id && OrleansKey.Written(id) == key
            ? id
            : throw new MoveRefusedException($"The storage account holds a set-up of an area, written as {key}, that does not say the area's id. Start a host of this program's version on it once, then stop it and export again.");
    }

    private static string? IdIn(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("value", out var value) && value.ValueKind is JsonValueKind.Object && value.TryGetProperty("id", out var id) ? id.GetString() : null;
    }

    private static string Name(int chunk) => chunk == 0 ? Data : Data + chunk.ToString(CultureInfo.InvariantCulture);
}
