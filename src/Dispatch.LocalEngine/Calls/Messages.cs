using System.Text.Json;
using Orleans.Runtime;

namespace Dispatch.LocalEngine;

/// <summary>
/// Arguments and results between host, grains and observers. In production they are handed over as they are, because messages are immutable;
/// tests send them through JSON, where a shared reference or a type that cannot travel shows itself.
/// </summary>
internal sealed class Messages(LocalEngineOptions options)
{
    public object?[] Copy(GrainMethod method, object?[] arguments)
    {
        if (!options.RoundTripMessages || arguments.Length == 0)
        {
            return arguments;
        }

        var copies = new object?[arguments.Length];
        for (var i = 0; i < copies.Length; i++)
        {
            var parameter = method.Parameters[i];
            copies[i] = Copy(arguments[i], parameter.ParameterType, $"{method.Name}({parameter.Name})");
        }

        return copies;
    }

    public TResult Copy<TResult>(TResult result, string what) =>
        options.RoundTripMessages ? (TResult)Copy(result, typeof(TResult), $"the result of {what}")! : result;

    private object? Copy(object? value, Type type, string what)
    {
        // The engine's own types travel in their own way, on every engine.
        if (value is null or Nothing or IAddressable or CancellationToken or TickStatus)
        {
            return value;
        }

        try
        {
            return JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, type, options.Json), type, options.Json);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{what} of type {type} cannot travel as JSON: {exception.Message}", exception);
        }
    }
}
