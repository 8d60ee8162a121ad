namespace Dispatch.Storage;

public sealed class SqliteStoreOptions
{
    /// <summary>Told once when the disk has failed. The host must end the process.</summary>
    public Action<Exception>? OnFatal { get; init; }

    /// <summary>Writes that may wait; the next is refused with <see cref="StoreUnavailableException"/>.</summary>
    public int QueueLimit { get; init; } = 50_000;

    /// <summary>Writes that share one commit at most.</summary>
    public int BatchLimit { get; init; } = 512;

    /// <summary>For tests: puts the writing connection into a state that a healthy disk does not reach.</summary>
    internal string? WriterPragmas { get; init; }
}
