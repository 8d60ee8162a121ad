namespace Dispatch.LocalEngine;

/// <summary>
/// Everything that the engine does is posted here: the thread pool in production, one deterministic queue in tests.
/// Nothing is promised about order: whoever needs one keeps a queue and has at most one piece of work posted.
/// </summary>
public interface ITurnScheduler
{
    /// <summary>Runs <paramref name="work"/> later, never before this returns on the calling stack.</summary>
    void Post(Action work);

    /// <summary>The same for work that goes on in the host's own code, which may take long or wait for a grain.</summary>
    void PostToHost(Action work) => Post(work);

    /// <summary>How many tasks of one activation may run before others get their turn. One, where every interleaving is to be seen.</summary>
    int TasksPerTurn => 16;
}
