using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Dispatch.Simulation.Plans;
using Dispatch.Simulation.Promises;

namespace Dispatch.Simulation.Shrinking;

/// <summary>Writes a plan as a C# test, ready to be kept.</summary>
internal static class CSharpStory
{
    public static string Test(Plan plan, Broken broken, string? bug)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"/// <summary>{broken.Promise}: {broken.What.ReplaceLineEndings(" ")}.</summary>");
        text.AppendLine("[Fact]");
        text.AppendLine(CultureInfo.InvariantCulture, $"public void Seed_{plan.Seed}_keeps_{broken.Promise}() => Replay.{(bug is null ? "Holds(" : $"Finds(\"{bug}\", Promise.{broken.Promise}, ")}new Plan");
        text.AppendLine("{");
        foreach (var property in Settable(plan.GetType()))
        {
            var value = property.GetValue(plan);
            if (property.Name != nameof(Plan.Seed) && Equals(value, property.GetValue(new Plan { Seed = 0 }))) continue;
            text.AppendLine(CultureInfo.InvariantCulture, $"    {property.Name} = {Literal(value, "    ")},");
        }

        return text.Append("});").ToString();
    }

    private static string Literal(object? value, string indent) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        string s => "\"" + s + "\"",
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        Enum e => $"{e.GetType().Name}.{e}",
        IEnumerable list => List(list, indent),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Made(value, indent),
    };

    private static string List(IEnumerable list, string indent)
    {
        var items = list.Cast<object>().Select(i => Literal(i, indent + "    ")).ToArray();
        return items.Length == 0 || list.GetType().GetGenericArguments()[0].IsEnum
            ? $"[{string.Join(", ", items)}]"
            : $"{Environment.NewLine}{indent}[{Environment.NewLine}{string.Concat(items.Select(i => $"{indent}    {i},{Environment.NewLine}"))}{indent}]";
    }

    /// <summary>Through the constructor, with what differs from its defaults by name; without parameters, through its properties.</summary>
    private static string Made(object value, string indent)
    {
        var type = value.GetType();
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var parts = constructor.GetParameters()
            .Select(p => (Parameter: p, Value: type.GetProperty(p.Name!)!.GetValue(value)))
            .Where(p => !p.Parameter.HasDefaultValue || !IsDefault(p.Parameter, p.Value))
            .Select(p => (p.Parameter.HasDefaultValue ? $"{p.Parameter.Name}: " : "") + Literal(p.Value, indent));
        if (constructor.GetParameters().Length > 0) return $"new {type.Name}({string.Join(", ", parts)})";
        var empty = Activator.CreateInstance(type);
        return $"new {type.Name} {{ {string.Join(", ", Settable(type).Where(p => !Equals(p.GetValue(value), p.GetValue(empty))).Select(p => $"{p.Name} = {Literal(p.GetValue(value), indent)}"))} }}";
    }

    private static bool IsDefault(ParameterInfo parameter, object? value) =>
        value is IEnumerable and not string ? !((IEnumerable)value).Cast<object>().Any()
        : parameter.ParameterType.IsEnum ? Equals(Convert.ToInt32(value, CultureInfo.InvariantCulture), Convert.ToInt32(parameter.DefaultValue, CultureInfo.InvariantCulture))
        : Equals(value, parameter.DefaultValue);

    private static IEnumerable<PropertyInfo> Settable(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);
}
