using System.Reflection;
using Dispatch.Grains.Alerts;

namespace Dispatch.Moving;

/// <summary>
/// Which grain keeps which state. Orleans' storage finds a state by its name and the grain's key alone, so the names must tell the grains apart; read from the grains
/// themselves, in the way that both engines' attributes can be read.
/// </summary>
internal static class GrainStates
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Types = new(Find);

    /// <summary>The grain's type by the state's name.</summary>
    public static IReadOnlyDictionary<string, string> TypeOf => Types.Value;

    private static Dictionary<string, string> Find() => (
        from type in typeof(IAlertGrain).Assembly.GetTypes()
        from grain in Named(type.CustomAttributes, "GrainTypeAttribute")
        from constructor in type.GetConstructors()
        from parameter in constructor.GetParameters()
        from state in Named(parameter.CustomAttributes, "PersistentStateAttribute")
        select (State: state, Grain: grain)).ToDictionary(pair => pair.State, pair => pair.Grain, StringComparer.Ordinal);

    private static IEnumerable<string> Named(IEnumerable<CustomAttributeData> attributes, string name) =>
        attributes.Where(attribute => attribute.AttributeType.Name == name).Select(attribute => (string)attribute.ConstructorArguments[0].Value!);
}
