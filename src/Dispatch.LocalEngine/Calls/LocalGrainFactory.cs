using System.Collections.Concurrent;
using Orleans;

namespace Dispatch.LocalEngine;

internal sealed class LocalGrainFactory(Engine engine) : IGrainFactory
{
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _classes = new();
    private readonly ConcurrentDictionary<(Type Interface, IGrainObserver Target), ObserverReference> _observers = new(ByReference.Instance);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        if (string.IsNullOrWhiteSpace(primaryKey))
        {
            throw new ArgumentException("A grain's key cannot be empty", nameof(primaryKey));
        }

        return GrainReference.To<TGrainInterface>(engine, new(ClassOf(typeof(TGrainInterface), grainClassNamePrefix), primaryKey));
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is ObserverReference)
        {
            throw new ArgumentException("This is a reference already", nameof(obj));
        }

        if (obj is not TGrainObserverInterface)
        {
            throw new ArgumentException($"{obj.GetType()} does not implement {typeof(TGrainObserverInterface)}", nameof(obj));
        }

        var reference = ObserverReference.To<TGrainObserverInterface>(engine, obj);
        return _observers.TryAdd((typeof(TGrainObserverInterface), obj), (ObserverReference)(object)reference)
            ? reference
            : throw new ArgumentException("This observer has a reference already; delete it first", nameof(obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        // Orleans takes the object or its reference.
        var found = _observers.FirstOrDefault(pair =>
            pair.Key.Interface == typeof(TGrainObserverInterface) && (ReferenceEquals(pair.Key.Target, obj) || ReferenceEquals(pair.Value, obj)));
        if (found.Value is not { } reference || !_observers.TryRemove(found))
        {
            throw new ArgumentException("There is no reference to this observer", nameof(obj));
        }

        reference.Delete();
    }

    private GrainClass ClassOf(Type grainInterface, string? prefix) =>
        _classes.GetOrAdd((grainInterface, prefix), key =>
        {
            GrainMethod.RequireCallable(key.Interface);
            return engine.Classes.Implementing(key.Interface, key.Prefix);
        });

    private sealed class ByReference : IEqualityComparer<(Type Interface, IGrainObserver Target)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((Type Interface, IGrainObserver Target) x, (Type Interface, IGrainObserver Target) y) =>
            x.Interface == y.Interface && ReferenceEquals(x.Target, y.Target);

        public int GetHashCode((Type Interface, IGrainObserver Target) pair) =>
            HashCode.Combine(pair.Interface, System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Target));
    }
}
