namespace Dispatch.Storage;

public enum WriteError
{
    None = 0,

    /// <summary>Another ETag is there than the write asked for.</summary>
    Conflict = 1,

    /// <summary>The row is larger than the store takes.</summary>
    TooLarge = 2,

    /// <summary>The store could not write: disk full, read-only, stopped.</summary>
    Unavailable = 3,
}

/// <param name="ETag">After a success the row's new ETag (null after a delete); after a conflict the one that is there (null when there is no row).</param>
/// <param name="Error">Why nothing was stored.</param>
/// <param name="Cause">The exception that says more, for <see cref="WriteError.TooLarge"/> and <see cref="WriteError.Unavailable"/>.</param>
public readonly record struct WriteOutcome(string? ETag, WriteError Error = WriteError.None, Exception? Cause = null)
{
    public bool Stored => Error is WriteError.None;
}
