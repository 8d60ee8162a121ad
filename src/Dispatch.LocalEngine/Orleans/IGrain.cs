using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Anything that calls can be addressed to.</summary>
    public interface IAddressable;

    /// <summary>What the engine gives one activation. Grain code has no business with it beyond passing it on.</summary>
    public interface IGrainContext
    {
        object? GrainInstance { get; }

        IServiceProvider ActivationServices { get; }

        void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
    }
}

namespace Orleans
{
    /// <summary>Marks the interface of a grain.</summary>
    public interface IGrain : IAddressable;

    /// <summary>Marks the interface of a grain with a string for its key.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>Marks an interface through which grains tell the host something.</summary>
    public interface IGrainObserver : IAddressable;

    /// <summary>What every grain class implements, most of them by deriving from <see cref="Grain"/>.</summary>
    public interface IGrainBase
    {
        IGrainContext GrainContext { get; }

        Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>A grain that can be woken by a reminder. A tick may come late or not at all while the process is down.</summary>
    public interface IRemindable : IGrain
    {
        Task ReceiveReminder(string reminderName, TickStatus status);
    }
}
