using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.LocalEngine;

/// <summary>One grain in memory: at most one for each id at any time, from its first call until it is idle, ends itself or fails.</summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Engine _engine;
    private readonly Lock _gate = new();
    private AsyncServiceScope _scope;
    private IGrainBase? _grain;

    public Activation(Engine engine, GrainId id)
    {
        _engine = engine;
        Id = id;
        Scheduler = new(this, engine.Turns);
        _lastUsed = engine.Clock.GetTimestamp();
    }

    /// <summary>The activation whose code is running here, or null in the host's own code (which includes everything started with Task.Run).</summary>
    public static Activation? Current => (TaskScheduler.Current as ActivationScheduler)?.Activation;

    public GrainId Id { get; }

    public ActivationScheduler Scheduler { get; }

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public IGrainBase Grain => _grain ?? throw new InvalidOperationException($"{Id} is not active");

    object? IGrainContext.GrainInstance => _grain;

    public IGrainFactory Factory => _engine.Factory;

    public ReminderSchedule Reminders => _engine.Reminders;

    public Engine Engine => _engine;

    public static Activation Of(IGrainContext context) =>
        context as Activation ?? throw new InvalidOperationException("The grain was not made by this engine");

    /// <summary>The activation, provided that its own turn is asking.</summary>
    public static Activation Behind(IGrainContext context, string what)
    {
        var activation = Of(context);
        activation.RequireOwnTurn(what);
        return activation;
    }

    /// <summary>Code that left the scheduler (Task.Run, ConfigureAwait(false)) runs beside the grain's turns and would tear its state.</summary>
    public void RequireOwnTurn(string what)
    {
        if (Current != this)
        {
            throw new InvalidOperationException(
                $"{what} of {Id} was used outside its scheduler{(Current is { } other ? $", by {other.Id}" : "")}: await without ConfigureAwait(false), and never from Task.Run");
        }
    }

    public override string ToString() => Id.ToString();
}
