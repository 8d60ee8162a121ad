using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.LocalEngine;

/// <summary>A reference to a grain: an address with the grain's interface. Two references to one grain are equal.</summary>
internal class GrainReference : DispatchProxy, IAddressable
{
    private Engine _engine = null!;

    public GrainId Id { get; private set; }

    public static T To<T>(Engine engine, GrainId id)
    {
        var proxy = Create<T, GrainReference>()!;
        var reference = (GrainReference)(object)proxy;
        (reference._engine, reference.Id) = (engine, id);
        return proxy;
    }

    public override bool Equals(object? obj) => obj is GrainReference other && other.Id == Id;

    public override int GetHashCode() => Id.GetHashCode();

    public override string ToString() => Id.ToString();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        GrainMethod.Of(targetMethod!).Send(_engine, Id, args ?? []);
}

/// <summary>A reference to an object of the host that grains may call.</summary>
internal class ObserverReference : DispatchProxy, IAddressable
{
    private Engine _engine = null!;
    private volatile IGrainObserver? _target;
    private string _name = "";

    /// <summary>The host's object, as long as its reference was not deleted.</summary>
    public IGrainObserver Target =>
        _target ?? throw new ObserverGoneException($"The reference to observer {_name} was deleted");

    public static T To<T>(Engine engine, IGrainObserver target)
    {
        GrainMethod.RequireCallable(typeof(T));
        var proxy = Create<T, ObserverReference>()!;
        var reference = (ObserverReference)(object)proxy;
        (reference._engine, reference._target, reference._name) = (engine, target, target.GetType().Name);
        return proxy;
    }

    public void Delete() => _target = null;

    public override string ToString() => _name;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        GrainMethod.Of(targetMethod!).Send(_engine, this, args ?? []);
}
