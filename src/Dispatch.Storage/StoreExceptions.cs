namespace Dispatch.Storage;

/// <summary>The store could not write: the disk is full or read-only, or the store has stopped. Nothing of the write was kept, unless <see cref="StoreFailedException"/> says that it is unknown.</summary>
public class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The disk answered with an error, so what is on it is no longer certain. The store refuses everything from here on and the process must end.</summary>
public sealed class StoreFailedException(string message, Exception? inner = null) : StoreUnavailableException(message, inner);

/// <summary>Another process has this store open. Two would each dispatch on their own.</summary>
public sealed class StoreInUseException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The file is not a sound store. The message names the file and says what to do.</summary>
public sealed class StoreDamagedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The file was written by a newer program.</summary>
public sealed class StoreTooNewException(string message) : Exception(message);

/// <summary>The row is larger than the store takes; that is a defect of the caller, not of the disk.</summary>
public sealed class RowTooLargeException(string message) : Exception(message);
