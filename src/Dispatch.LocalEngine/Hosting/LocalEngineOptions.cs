using System.Text.Json;

namespace Dispatch.LocalEngine;

public sealed class LocalEngineOptions
{
    /// <summary>How long a caller waits, unless the method says otherwise with [ResponseTimeout].</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An activation that was not called for this long is collected.</summary>
    public TimeSpan IdleAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for.</summary>
    public TimeSpan CollectEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long reading state and OnActivateAsync may take before the calls that wait are failed.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long OnDeactivateAsync may take, and how long a stop waits for all activations.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls that may wait for one activation; the next is refused with <see cref="GrainOverloadedException"/>.</summary>
    public int QueueLimit { get; set; } = 10_000;

    /// <summary>The shortest period of a reminder, as in Orleans.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For tests: every argument, result and observer message goes through JSON, so that nothing depends on shared references.</summary>
    public bool RoundTripMessages { get; set; }

    /// <summary>The one format of state and messages.</summary>
    public JsonSerializerOptions Json { get; set; } = JsonSerializerOptions.Web;

    /// <summary>The only calls from grain to grain that are allowed; null allows all. The host may call every grain; no grain may call itself.</summary>
    public IReadOnlySet<CallEdge>? AllowedCalls { get; set; }

    /// <summary>Told when going on would be guessing (a disk error). The host must end the process.</summary>
    public Action<Exception>? OnFatal { get; set; }
}

/// <param name="Caller">Name of the calling grain's class or of one of its interfaces, as in <c>nameof(AlertGrain)</c>.</param>
/// <param name="Callee">Name of the interface that is called, as in <c>nameof(IShelterGrain)</c>.</param>
public readonly record struct CallEdge(string Caller, string Callee);
