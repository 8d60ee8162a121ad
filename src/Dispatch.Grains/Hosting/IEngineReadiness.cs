namespace Dispatch.Grains.Hosting;

/// <summary>What the host must know of the engine that runs its grains.</summary>
public interface IEngineReadiness
{
    /// <summary>Reminders are loaded and every open alert was looked at once: nothing that was due before the start still waits.</summary>
    bool Ready { get; }

    /// <summary>Why this host must not go on, or null.</summary>
    string? Fault { get; }

    /// <summary>True for failures that mean "not now, repeat with the same key" and not "wrong": no answer in time, store not writable, too much at once.</summary>
    bool IsOutage(Exception failure);
}
