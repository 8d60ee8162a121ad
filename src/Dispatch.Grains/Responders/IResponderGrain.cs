using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.Responders;

/// <summary>One person on call, as alerts have told her. Owns nothing that an alert decides.</summary>
[Alias("dispatch.responder")]
public interface IResponderGrain : IGrainWithStringKey
{
    /// <summary>Called by alerts. Durable when it returns; an older version than the one known is ignored. Returns what is now known, with reply codes.</summary>
    [Alias("tell"), ResponseTimeout("00:00:05")]
    Task<AlertTold> Tell(AlertTold told);

    [Alias("offers"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<OfferSummary>> Offers();

    /// <summary>Accepted offers, also ended ones of the last day.</summary>
    [Alias("assignments"), ResponseTimeout("00:00:05"), ReadOnly]
    Task<ImmutableArray<AlertTold>> Assignments();
}
