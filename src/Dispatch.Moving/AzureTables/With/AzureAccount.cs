using Dispatch.Azure;
using Dispatch.TableStorage;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Moving.AzureTables;

/// <summary>A build that has the Azure part.</summary>
internal static class AzureAccount
{
    public static ITableAccount Open(IConfiguration configuration, bool development) => AzureAccounts.Open(AzureTablesSettings.Read(configuration, development));
}
