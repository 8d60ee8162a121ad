using System.Reflection;
using Orleans.Runtime;

namespace Dispatch.LocalEngine;

/// <summary>Makes the states that a grain's constructor asks for.</summary>
internal static class PersistentStates
{
    /// <summary>Partition: the grain. Key: the state's name.</summary>
    public const string Table = "grain-state";

    public static Func<Activation, object> Source(ParameterInfo parameter, string stateName)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new InvalidOperationException($"{parameter.Member.DeclaringType}: [PersistentState] belongs on an IPersistentState, not on {type}");
        }

        var state = typeof(PersistentState<>).MakeGenericType(type.GetGenericArguments());
        return activation =>
        {
            var made = (PersistentState)Activator.CreateInstance(state, activation, stateName)!;
            activation.Add(made);
            return made;
        };
    }
}
