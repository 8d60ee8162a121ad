using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Dispatch.Cluster.AzureTables;

/// <summary>A build without the Azure part: the settings refuse to name its store.</summary>
internal static class AzureStore
{
    public static bool IsBuiltIn => false;

    public static void UseAzureTables(this ISiloBuilder silo, ClusterSettings settings, IConfiguration configuration, IHostEnvironment environment) =>
        throw new UnreachableException($"{settings.Storage} was refused when {environment.EnvironmentName}'s settings were read");

    public static bool IsOutage(Exception failure) => false;
}
