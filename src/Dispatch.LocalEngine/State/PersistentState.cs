using System.Text.Json;
using Dispatch.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.LocalEngine;

/// <summary>A state of one activation, read before the grain is activated.</summary>
internal abstract class PersistentState
{
    public abstract Task ReadStateAsync();
}

/// <summary>One row: JSON in the body, the row's ETag as the proof that nobody else has written.</summary>
internal sealed class PersistentState<TState>(Activation activation, string name) : PersistentState, IPersistentState<TState>
{
    private readonly RowKey _row = new(PersistentStates.Table, activation.Id.ToString(), name);
    private TState _state = Empty();
    private bool _loaded;
    private bool _exists;

    public string? Etag { get; private set; }

    public bool RecordExists => _loaded ? _exists : throw new InvalidOperationException("State has not yet been loaded");

    public TState State
    {
        get
        {
            RequireOwnTurn();
            return _state;
        }

        set
        {
            RequireOwnTurn();
            _state = value;
        }
    }

    public override async Task ReadStateAsync()
    {
        RequireOwnTurn();
        var row = await Try("reading", () => activation.Engine.Store.Read(_row));
        (Etag, _exists, _loaded) = (row?.ETag, row is not null, true);
        _state = row is null ? Empty() : Parse(row);
    }

    public async Task WriteStateAsync()
    {
        RequireOwnTurn();
        Etag = await Store(JsonSerializer.SerializeToUtf8Bytes(_state, activation.Engine.Options.Json));
        (_exists, _loaded) = (true, true);
    }

    public async Task ClearStateAsync()
    {
        RequireOwnTurn();
        if (Etag is not null)
        {
            await Store(body: null);
        }

        (Etag, _exists, _loaded, _state) = (null, false, true, Empty());
    }

    private async Task<string?> Store(ReadOnlyMemory<byte>? body)
    {
        var write = new RowWrite(_row, body, Due: null, IfMatch: Etag ?? RowWrite.MustNotExist);
        var outcome = await Try("writing", () => activation.Engine.Store.Write(write));
        return outcome.Stored
            ? outcome.ETag
            : throw new InconsistentStateException($"State '{name}' of {activation.Id} was written by somebody else", outcome.ETag, Etag);
    }

    private TState Parse(Row row)
    {
        try
        {
            return JsonSerializer.Deserialize<TState>(row.Body.Span, activation.Engine.Options.Json)!;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new OrleansException($"State '{name}' of {activation.Id} cannot be read: {exception.Message}", exception);
        }
    }

    // As in Orleans: whatever the store throws comes to the grain as an OrleansException that says which grain it was.
    private async Task<T> Try<T>(string doing, Func<Task<T>> operation)
    {
        try
        {
            return await operation();
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            activation.Engine.Log.LogError(exception, "Failed {Doing} state {State} of {Grain}", doing, name, activation.Id);
            throw new OrleansException($"Failed {doing} state '{name}' of {activation.Id}: {exception.Message}", exception);
        }
    }

    private void RequireOwnTurn() => activation.RequireOwnTurn($"State '{name}'");

    // Not new T(): a record with required members has a parameterless constructor all the same.
    private static TState Empty() =>
        typeof(TState).IsValueType || typeof(TState).GetConstructor(Type.EmptyTypes) is null ? default! : Activator.CreateInstance<TState>();
}
