using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.LocalEngine;

/// <summary>The engine as a part of the host: starts after the store is open, stops before it closes.</summary>
public sealed class LocalSilo : IHostedService
{
    private readonly Engine _engine;
    private ITimer? _sweep;

    internal LocalSilo(Engine engine) => _engine = engine;

    public IGrainFactory GrainFactory => _engine.Factory;

    /// <summary>Completes when every stored reminder is armed; until then the host is not ready.</summary>
    public Task RemindersReady => _engine.Reminders.Ready;

    /// <summary>Grains in memory.</summary>
    public int Activations => _engine.Catalog.Count;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _sweep = _engine.Clock.CreateTimer(_ => _engine.Turns.Post(CollectIdle), null, _engine.Options.CollectEvery, _engine.Options.CollectEvery);
        }

        _engine.Turns.Post(() => _ = _engine.Reminders.Load());
        return Task.CompletedTask;
    }

    /// <summary>Ends every activation in a turn of its own. Calls that wait are refused: their callers must ask the next process.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Quiet();
        var hanging = await _engine.Catalog.Close(_engine.Options.DeactivationTimeout);
        if (hanging > 0)
        {
            _engine.Log.LogWarning("{Hanging} grains did not deactivate in time and are left behind", hanging);
        }
    }

    /// <summary>For simulations: ends everything as a power cut would. No grain code runs after this and nobody is told; callers hear nothing until they time out.</summary>
    public void Kill()
    {
        Quiet();
        _engine.Catalog.Kill();
    }

    private void Quiet()
    {
        _sweep?.Dispose();
        _engine.Reminders.Stop();
    }

    private void CollectIdle() => _engine.Catalog.CollectIdle(_engine.Options.IdleAge);
}
