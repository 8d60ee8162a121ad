using Dispatch.Azure;
using Dispatch.TableStorage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Dispatch.Cluster.AzureTables;

/// <summary>A build that has the Azure part.</summary>
internal static class AzureStore
{
    public static bool IsBuiltIn => true;

    public static void UseAzureTables(this ISiloBuilder silo, ClusterSettings settings, IConfiguration configuration, IHostEnvironment environment)
    {
        silo.ConfigureEndpoints(settings.Address, settings.SiloPort, settings.GatewayPort);
        silo.UseAzureTables(AzureTablesSettings.Read(configuration, environment.IsDevelopment()));
    }

    public static bool IsOutage(Exception failure) => AzureFailures.IsOutage(failure);
}
