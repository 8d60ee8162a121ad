using System.Collections;
using System.Reflection;
using System.Text.Json;
using Dispatch.Domain.Alerts;

namespace Dispatch.Domain.Tests.Stored;

/// <summary>What is on disk today can be read tomorrow, and nothing is lost on the way.</summary>
public sealed class StoredRecordTests
{
    private static readonly JsonSerializerOptions Readable = new(DispatchJson.Options) { WriteIndented = true };

    public static TheoryData<string> Names => Samples.Names;

    [Theory, MemberData(nameof(Names))]
    public void A_stored_record_comes_back_as_it_went(string name)
    {
        var sample = Samples.All[name];
        var text = JsonSerializer.Serialize(sample, sample.GetType(), DispatchJson.Options);
        var back = JsonSerializer.Deserialize(text, sample.GetType(), DispatchJson.Options);
        Assert.Null(Shape.Difference(sample, back, name));
        Assert.Equal(text, JsonSerializer.Serialize(back, sample.GetType(), DispatchJson.Options));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_sample_fills_every_member(string name)
    {
        Assert.Empty(Unfilled(Samples.All[name], name));

        static IEnumerable<string> Unfilled(object sample, string path)
        {
            foreach (var property in Shape.Stored(sample.GetType()))
            {
                var value = property.GetValue(sample);
                object[] inside = value is null ? [] : value is IEnumerable list and not string ? [.. list.Cast<object>().Take(1)] : [value];
                if (inside is []) yield return $"{path}.{property.Name}";
                foreach (var inner in inside.Where(Ours).SelectMany(i => Unfilled(i, $"{path}.{property.Name}"))) yield return inner;
            }
        }

        static bool Ours(object value) => value.GetType() is { IsEnum: false } type && type.Assembly == typeof(DispatchJson).Assembly;
    }

    /// <summary>On a difference the text of today is left beside the test as <c>*.actual.json</c>. A new member is added to the golden file of the current schema; files of older schemas stay.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Todays_writing_equals_the_golden_file(string name)
    {
        var sample = Samples.All[name];
        var today = JsonSerializer.Serialize(sample, sample.GetType(), Readable) + "\n";
        var path = GoldenFile(name, SchemaOf(sample.GetType()));
        if (File.Exists(path) && File.ReadAllText(path) == today) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(Path.ChangeExtension(path, ".actual.json"), today);
        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "(no golden file)", today);
    }

    [Theory, MemberData(nameof(Names))]
    public void Golden_rows_of_every_schema_still_read(string name)
    {
        var type = Samples.All[name].GetType();
        for (var schema = 1; schema <= SchemaOf(type); schema++)
        {
            var text = File.ReadAllText(GoldenFile(name, schema));
            Assert.NotNull(JsonSerializer.Deserialize(text, type, DispatchJson.Options));
            if (schema == SchemaOf(type)) Assert.Null(Shape.Difference(Samples.All[name], JsonSerializer.Deserialize(text, type, DispatchJson.Options), name));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_row_with_only_what_is_required_reads_and_has_no_broken_list(string name)
    {
        var type = Samples.All[name].GetType();
        var full = JsonSerializer.SerializeToNode(Samples.All[name], type, DispatchJson.Options)!.AsObject();
        foreach (var optional in Shape.Stored(type).Where(p => p.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is null && !InConstructor(type, p)))
        {
            full.Remove(JsonNamingPolicy.CamelCase.ConvertName(optional.Name));
        }

        var back = JsonSerializer.Deserialize(full.ToJsonString(), type, DispatchJson.Options)!;
        Assert.NotEmpty(JsonSerializer.Serialize(back, type, DispatchJson.Options));
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_stored_record_says_its_schema_version(string name) =>
        Assert.Contains(Samples.All[name].GetType().GetProperties(), p => p.Name == "SchemaVersion");

    [Fact]
    public void Every_record_with_a_schema_version_has_a_sample_and_a_golden_file() =>
        Assert.Empty(typeof(DispatchJson).Assembly.GetTypes().Where(t => t.GetProperty("SchemaVersion") is not null).Except(Samples.All.Values.Select(v => v.GetType())));

    [Fact]
    public void Words_are_written_as_words_and_a_number_in_their_place_is_not_read()
    {
        Assert.Equal("\"from12To14\"", JsonSerializer.Serialize(AgeBand.From12To14, DispatchJson.Options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Need>("1", DispatchJson.Options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Need>("\"unheardOf\"", DispatchJson.Options));
    }

    [Fact]
    public void A_time_keeps_its_milliseconds_and_its_ticks() =>
        Assert.Equal(Given.At(0.001).AddTicks(1), JsonSerializer.Deserialize<DateTimeOffset>(JsonSerializer.Serialize(Given.At(0.001).AddTicks(1), DispatchJson.Options), DispatchJson.Options));

    private static bool InConstructor(Type type, PropertyInfo property) =>
        type.GetConstructors().Any(c => c.GetParameters() is { Length: > 1 } p && p.Any(q => q.Name == property.Name));

    private static int SchemaOf(Type type) => (int?)type.GetField("CurrentSchema")?.GetValue(null) ?? 1;

    private static string GoldenFile(string name, int schema) => Path.Combine(AppContext.BaseDirectory, "Golden", $"{name}.{schema}.json");
}
