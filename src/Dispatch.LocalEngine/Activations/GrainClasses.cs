using System.Collections.Frozen;
using System.Reflection;
using Orleans;

namespace Dispatch.LocalEngine;

/// <summary>Every grain class of the host's assemblies, found by the interface that is called or by the name that is stored.</summary>
internal sealed class GrainClasses
{
    private readonly FrozenDictionary<Type, GrainClass[]> _byInterface;
    private readonly FrozenDictionary<string, GrainClass> _byName;

    public GrainClasses(IEnumerable<Assembly> assemblies)
    {
        var classes = assemblies.Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(IGrainBase)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => new GrainClass(type))
            .ToArray();

        foreach (var taken in classes.GroupBy(c => c.Name).Where(same => same.Count() > 1))
        {
            throw new InvalidOperationException($"{string.Join(" and ", taken.Select(c => c.Type))} would both be stored as '{taken.Key}'");
        }

        _byName = classes.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
        _byInterface = classes
            .SelectMany(c => c.Interfaces.Select(i => (Interface: i, Class: c)))
            .GroupBy(pair => pair.Interface, pair => pair.Class)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    public GrainClass? Named(string name) => _byName.GetValueOrDefault(name);

    public GrainClass Implementing(Type grainInterface, string? classNamePrefix)
    {
        GrainClass[] found = _byInterface.GetValueOrDefault(grainInterface) ?? [];
        if (found.Length > 1 && classNamePrefix is not null)
        {
            found = [.. found.Where(c => c.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal) || c.Type.Name.StartsWith(classNamePrefix, StringComparison.Ordinal))];
        }

        return found.Length switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"No grain class implements {grainInterface}"),
            _ => throw new ArgumentException($"{string.Join(" and ", found.Select(c => c.Type.Name))} implement {grainInterface}; say which by the prefix of its name"),
        };
    }
}
