using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Dispatch.LocalEngine;

/// <summary>A grain's class: what it is called in the store, which interfaces reach it, and how to make one.</summary>
internal sealed class GrainClass
{
    private readonly ConstructorInfo _constructor;
    private readonly Func<Activation, object?>[] _arguments;

    public GrainClass(Type type)
    {
        Type = type;
        Name = type.GetCustomAttribute<GrainTypeAttribute>()?.Name ?? ShortName(type);
        if (Name.Length == 0 || Name.Contains('/', StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{type} cannot be stored under '{Name}': a grain type is a word without a slash");
        }

        Interfaces = [.. type.GetInterfaces().Where(i => i.IsAssignableTo(typeof(IGrain)))];
        var constructors = type.GetConstructors();
        _constructor = constructors.Length == 1
            ? constructors[0]
            : throw new InvalidOperationException($"{type} needs exactly one public constructor, it has {constructors.Length}");
        _arguments = [.. _constructor.GetParameters().Select(Source)];
    }

    public Type Type { get; }

    public string Name { get; }

    public IReadOnlyList<Type> Interfaces { get; }

    /// <summary>Makes the grain on its activation's scheduler. An exception of its constructor comes out as it is.</summary>
    public IGrainBase Create(Activation activation)
    {
        var arguments = Array.ConvertAll(_arguments, source => source(activation));
        return (IGrainBase)_constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
    }

    public override string ToString() => Name;

    // Orleans' own rule for a class without [GrainType], so that rows mean the same on both engines.
    private static string ShortName(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
    }

    private static Func<Activation, object?> Source(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            return PersistentStates.Source(parameter, state.StateName);
        }

        if (parameter.ParameterType == typeof(IGrainContext))
        {
            return activation => activation;
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { Key: { } key })
        {
            return activation => activation.ActivationServices.GetRequiredKeyedService(parameter.ParameterType, key);
        }

        return activation => activation.ActivationServices.GetService(parameter.ParameterType)
            ?? (parameter.HasDefaultValue
                ? parameter.DefaultValue
                : throw new InvalidOperationException($"{parameter.Member.DeclaringType} asks for {parameter.ParameterType}, which is not registered"));
    }
}
