namespace Dispatch.Grains.Rows;

/// <summary>
/// The row store did not answer in time or could not write: not now, repeat. Whether the last write was kept is unknown, as after any timeout.
/// </summary>
public sealed class RowsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
