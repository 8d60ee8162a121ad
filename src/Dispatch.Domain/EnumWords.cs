using System.Text.Json;

namespace Dispatch.Domain;

/// <summary>The word that stands for an enum's value in JSON, in item ids, in history and in the names of texts.</summary>
public static class EnumWords
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Null where no value has that word.</summary>
    public static T? Read<T>(string? word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == word) return value;
        }

        return null;
    }
}
