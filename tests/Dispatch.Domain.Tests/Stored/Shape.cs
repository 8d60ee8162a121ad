using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Tests.Stored;

/// <summary>Looks into records by reflection: what is stored, and whether two are the same through and through.</summary>
internal static class Shape
{
    /// <summary>The members that the format writes and reads back.</summary>
    public static IEnumerable<PropertyInfo> Stored(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.GetIndexParameters().Length == 0 && p.GetCustomAttribute<JsonIgnoreAttribute>() is null && p.CanWrite);

    /// <summary>Every stored member of a record and of all records inside it, except behind a seal.</summary>
    public static IEnumerable<(string Path, Type Type)> Members(Type type, string path, HashSet<Type>? above = null)
    {
        above ??= [];
        if (!above.Add(type)) yield break;
        foreach (var property in Stored(type))
        {
            var at = $"{path}.{property.Name}";
            var inner = Inner(property.PropertyType);
            yield return (at, inner);
            if (!IsOurs(inner)) continue;
            foreach (var member in Members(inner, at, [.. above])) yield return member;
        }
    }

    /// <summary>The path of the first difference, or null.</summary>
    public static string? Difference(object? a, object? b, string path)
    {
        if (a is null || b is null) return a is null && b is null ? null : $"{path}: {a ?? "null"} / {b ?? "null"}";
        if (a.GetType() != b.GetType()) return $"{path}: {a.GetType()} / {b.GetType()}";
        if (a is IEnumerable list and not string)
        {
            object?[] left = [.. list.Cast<object?>()], right = [.. ((IEnumerable)b).Cast<object?>()];
            if (left.Length != right.Length) return $"{path}: {left.Length} / {right.Length} items";
            return left.Zip(right).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(d => d is not null);
        }

        return IsOurs(a.GetType())
            ? Stored(a.GetType()).Select(p => Difference(p.GetValue(a), p.GetValue(b), $"{path}.{p.Name}")).FirstOrDefault(d => d is not null)
            : a.Equals(b) ? null : $"{path}: {a} / {b}";
    }

    private static Type Inner(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type != typeof(string) && type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? Inner(type.GetGenericArguments()[0]) : type;
    }

    private static bool IsOurs(Type type) =>
        type.Assembly == typeof(DispatchJson).Assembly && !type.IsEnum && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Sealed<>));
}
