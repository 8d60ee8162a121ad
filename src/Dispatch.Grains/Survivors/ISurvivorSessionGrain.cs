using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Survivors;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.Grains.Survivors;

/// <summary>What belongs to her: language, safe contact, PINs. Key: the alert's id. Called by the host only.</summary>
[Alias("dispatch.survivorSession")]
public interface ISurvivorSessionGrain : IGrainWithStringKey
{
    /// <summary>Opens the session, once; a repeat changes nothing.</summary>
    [Alias("open")]
    Task Open(SurvivorSession session);

    /// <summary>Sets what is not set yet; replaces it only when <paramref name="authorised"/>.</summary>
    [Alias("add")]
    Task<Refusal?> Add(SessionAddition addition, bool authorised);

    /// <summary>Judges a PIN's hash; wrong ones are counted before the answer, the same <paramref name="attempt"/> once.</summary>
    [Alias("checkPin")]
    Task<PinVerdict> CheckPin(string? pinHash, string? attempt = null);

    [Alias("safeContact"), ReadOnly]
    Task<Sealed<SafeContact>?> SafeContact();
}

[Immutable]
public sealed record SessionAddition(string Tenant, Sealed<SafeContact>? SafeContact, string? PinHash, string? DuressPinHash);
