using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Dispatch.Cluster.OneFile;

internal static class OneFileStore
{
    private const string FileName = "dispatch.db";

    /// <summary>One host, which finds nobody and is found by nobody, on the file of the local engine in the folder <c>Storage:Path</c>.</summary>
    public static void UseOneFile(this ISiloBuilder silo, IConfiguration configuration, ClusterSettings settings)
    {
        var folder = Path.GetFullPath(configuration["Storage:Path"] ?? "data");
        Directory.CreateDirectory(folder);
        silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort);
        silo.Services.AddSingleton<ILocalStore>(provider => new SqliteStore(
            Path.Combine(folder, FileName),
            new() { OnFatal = provider.GetRequiredService<FatalSignal>().Raise },
            provider.GetRequiredService<ILogger<SqliteStore>>()));
        silo.Services.AddSingleton<IRows, LocalRows>();
        silo.AddReminders();
        silo.Services.AddSingleton<IReminderTable, FileReminders>();
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, _) => new FileStates(provider.GetRequiredService<ILocalStore>()));
    }
}
