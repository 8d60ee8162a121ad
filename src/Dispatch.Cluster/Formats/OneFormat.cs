using Dispatch.Domain;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Metadata;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Storage;

namespace Dispatch.Cluster.Formats;

/// <summary>Everything of ours that goes from host to host or into the store is the one JSON format.</summary>
public static class OneFormat
{
    public static IServiceCollection AddOneFormat(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSerializer(serializer => serializer.AddJsonSerializer(
            IsOurs,
            static _ => false,
            json => json.Configure(options => options.SerializerOptions = DispatchJson.Options)));
        services.AddSingleton<IGeneralizedCopier, SharedCopier>();
        // An exception that another host does not know by name arrives there without its type, and an outage would look like a defect.
        services.Configure<ExceptionSerializationOptions>(options =>
        {
            options.SupportedNamespacePrefixes.Add("Dispatch");
            options.SupportedNamespacePrefixes.Add("Npgsql");
            options.SupportedNamespacePrefixes.Add("Azure");
        });
        services.Replace(ServiceDescriptor.Singleton<IGrainStorageSerializer, StateFormat>());
        return services;
    }

    /// <summary>Our records and enums. What Orleans generates in our assemblies it writes itself, and arrays and exceptions too.</summary>
    internal static bool IsOurs(Type type) =>
        !type.IsArray
        && type.Assembly.GetName().Name is { } name && name.StartsWith("Dispatch.", StringComparison.Ordinal)
        && !typeof(Exception).IsAssignableFrom(type)
        && !typeof(IAddressable).IsAssignableFrom(type)
        && !CommonCodecTypeFilter.IsAbstractOrFrameworkType(type);
}

/// <summary>Our records never change, so that within one host the receiver may have the sender's own.</summary>
internal sealed class SharedCopier : IGeneralizedCopier
{
    public bool IsSupportedType(Type type) => OneFormat.IsOurs(type);

    public object? DeepCopy(object? input, CopyContext context) => input;
}

/// <summary>The state of a grain as it is stored.</summary>
internal sealed class StateFormat : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T input) => new(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(input, DispatchJson.Options));

    public T Deserialize<T>(BinaryData input) => System.Text.Json.JsonSerializer.Deserialize<T>(input.ToMemory().Span, DispatchJson.Options)!;
}
