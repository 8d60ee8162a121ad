using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatch.Domain.Sealing;

/// <summary>
/// A value that only the vault can open: base64url of nonce, ciphertext and tag. Every name, number, place, note and address is stored
/// and sent between actors in this form, so that neither a database file nor a log line can give it away.
/// </summary>
/// <typeparam name="T">What is inside, for the reader and the compiler; rules never look at it.</typeparam>
[JsonConverter(typeof(SealedConverterFactory))]
public sealed record Sealed<T>(string Box)
{
    public override string ToString() => "(sealed)";
}

internal sealed class SealedConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Sealed<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(SealedConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class SealedConverter<T> : JsonConverter<Sealed<T>>
    {
        public override Sealed<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } box ? new Sealed<T>(box) : null;

        public override void Write(Utf8JsonWriter writer, Sealed<T> value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Box);
    }
}
