using Orleans.Runtime;

namespace Dispatch.LocalEngine;

/// <summary>More calls wait for one grain than it may keep waiting; nothing was done.</summary>
public sealed class GrainOverloadedException(string message) : OrleansException(message);

/// <summary>The engine is stopping or has stopped; the outcome of a call that was running is unknown.</summary>
public sealed class EngineStoppedException(string message) : OrleansException(message);

/// <summary>The observer's reference was deleted; nobody was told.</summary>
public sealed class ObserverGoneException(string message) : OrleansException(message);
