using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Storage;
using Orleans.Storage;

namespace Dispatch.Cluster.OneFile;

/// <summary>Grain states in the file of a single host, in the rows in which the local engine keeps them: either engine goes on with the other's file.</summary>
internal sealed class FileStates(ILocalStore store) : IGrainStorage
{
    private const string Table = "grain-state";

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await store.Read(Key(stateName, grainId));
        grainState.State = row is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(row.Body.Span, DispatchJson.Options)!;
        (grainState.ETag, grainState.RecordExists) = (row?.ETag, row is not null);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = await Write(stateName, grainId, JsonSerializer.SerializeToUtf8Bytes(grainState.State, DispatchJson.Options), grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is not null) await Write(stateName, grainId, null, grainState.ETag);
        (grainState.ETag, grainState.RecordExists, grainState.State) = (null, false, Activator.CreateInstance<T>());
    }

    private async Task<string?> Write(string stateName, GrainId grainId, byte[]? body, string? etag)
    {
        var row = new RowWrite(Key(stateName, grainId), body is null ? default(ReadOnlyMemory<byte>?) : body, Due: null, IfMatch: etag ?? RowWrite.MustNotExist);
        var outcome = await store.Write(row);
        return outcome.Stored ? outcome.ETag : throw new InconsistentStateException($"State '{stateName}' of {grainId} was written by somebody else", outcome.ETag, etag);
    }

    private static RowKey Key(string stateName, GrainId grainId) => new(Table, grainId.ToString(), stateName);
}
