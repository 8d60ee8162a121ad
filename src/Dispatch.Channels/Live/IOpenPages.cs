using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Live;

/// <summary>The pages open on this host alone, for a relay that joins several hosts.</summary>
public interface IOpenPages
{
    /// <summary>Told, on any thread, that the first page at an address was opened or the last one closed; ask <see cref="Listens"/> which.</summary>
    event Action<string>? Changed;

    IReadOnlyCollection<string> Addresses { get; }

    bool Listens(string address);

    /// <summary>Ends by itself within a few seconds, also for pages that do not read.</summary>
    Task<LiveReach> Deliver(Notice notice, CancellationToken deadline);

    void Cut(CutOff cut);
}
