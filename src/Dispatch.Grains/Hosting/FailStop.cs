using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Hosting;

/// <summary>Carries a disk error from the store, which is built first, to the host.</summary>
internal sealed class FatalSignal
{
    private readonly Lock _gate = new();
    private Exception? _failure;
    private Action<Exception>? _handler;

    public void Raise(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            _handler?.Invoke(_failure);
        }
    }

    /// <summary>Also hears of what was raised before.</summary>
    public void Handle(Action<Exception> handler)
    {
        lock (_gate)
        {
            _handler = handler;
            if (_failure is { } earlier) handler(earlier);
        }
    }
}

/// <summary>After a disk error going on would be guessing: the host stops at once, and whoever supervises it starts it anew on a disk that works.</summary>
internal sealed class FailStop(FatalSignal signal, EngineState state, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<FailStop> log) : IHostedService, IDisposable
{
    /// <summary>EX_IOERR of sysexits.h.</summary>
    private const int ExitCode = 74;

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1);

    /// <summary>Held, or it might be collected before it fires.</summary>
    private ITimer? _exit;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        signal.Handle(failure =>
        {
            if (state.Fault is not null) return;
            log.LogCritical(failure, "The disk answered with an error; the host stops");
            state.Fault = "disk_error";
            Environment.ExitCode = ExitCode;
            lifetime.StopApplication();
            // Answers that are on their way may end; nothing waits for a disk that is gone.
            _exit = clock.CreateTimer(_ => Environment.Exit(ExitCode), null, AtMost, Timeout.InfiniteTimeSpan);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _exit?.Dispose();
}
