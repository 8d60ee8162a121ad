using Dispatch.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatch.TableStorage;

/// <summary>Where the storage account is: by its address and this host's own identity, so that no setting holds a key.</summary>
/// <param name="ServiceUri">Null where <paramref name="ConnectionString"/> is given.</param>
/// <param name="ConnectionString">Only in Development, for the emulator, which forgets acknowledged writes when it is killed.</param>
public sealed record AzureTablesSettings(Uri? ServiceUri, string? ConnectionString)
{
    public const string ServiceUriSetting = "Cluster:AzureTables:ServiceUri";
    public const string ConnectionStringSetting = "Cluster:AzureTables:ConnectionString";

    /// <exception cref="StartRefusedException">A setting is missing or cannot be used; the message names it.</exception>
    public static AzureTablesSettings Read(IConfiguration configuration, bool development)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration[ConnectionStringSetting] is { Length: > 0 } emulator)
        {
            return development
                ? new(null, emulator)
                : throw new StartRefusedException($"{ConnectionStringSetting} is for the emulator in Development. Set {ServiceUriSetting} and give this host an identity of its own.");
        }

        if (configuration[ServiceUriSetting] is not { Length: > 0 } given) throw new StartRefusedException($"{ServiceUriSetting} is not set.");
        return Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Query.Length == 0
            ? new(uri, null)
            : throw new StartRefusedException($"{ServiceUriSetting} must be an https address without a query, such as https://account.table.core.windows.net.");
    }
}
