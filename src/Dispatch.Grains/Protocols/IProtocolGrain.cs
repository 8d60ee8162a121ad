using Dispatch.Domain.Protocols;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.Protocols;

/// <summary>One tenant's protocol, by version. Called by the host and by service areas.</summary>
[Alias("dispatch.protocol")]
public interface IProtocolGrain : IGrainWithStringKey
{
    /// <summary>Puts a version in force. Refused with the code of its fault when it cannot run; a version once published never changes.</summary>
    [Alias("publish"), ResponseTimeout("00:00:05")]
    Task<string?> Publish(Rules rules);

    [Alias("active"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<Rules?> Active();
}
