using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.Protocols;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Protocols;

/// <summary>The protocols that are shipped, one a country. Nothing puts one in force by itself.</summary>
internal static class ExampleProtocols
{
    private const string Prefix = "protocol-";

    public static ImmutableArray<ExampleProtocol> All { get; } =
        [.. typeof(ExampleProtocols).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

    private static ExampleProtocol Read(string name)
    {
        using var stream = typeof(ExampleProtocols).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<ExampleProtocol>(stream, WireJson.Options)!;
    }
}

public sealed record ExampleListBody(ImmutableArray<ExampleProtocol> Items);

/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Note">What is to be agreed before it is used.</param>
public sealed record ExampleProtocol(string Country, string Note, Rules Rules);
