using Dispatch.TableStorage;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Moving.AzureTables;

/// <summary>A build without the Azure part.</summary>
internal static class AzureAccount
{
    public static ITableAccount Open(IConfiguration configuration, bool development) =>
        throw new NotBuiltInException("This build has no Azure part: it cannot export from or import into Azure's tables. Use one that was built with -p:Engine=Orleans and without -p:Azure=false.");
}
