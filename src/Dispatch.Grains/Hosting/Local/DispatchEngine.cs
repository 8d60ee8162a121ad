using System.Security.Cryptography;
using Dispatch.Domain;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Rows;
using Dispatch.LocalEngine;
using Dispatch.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dispatch.Grains.Hosting;

/// <summary>Runs the grains on the local engine: this process alone, one SQLite file in the folder <c>Storage:Path</c>.</summary>
public static class DispatchEngine
{
    public const string FileName = "dispatch.db";

    public static IHostApplicationBuilder AddDispatchEngine(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration["Cluster:Storage"] is not (null or "Local")) throw new StartRefusedException("Cluster:Storage names a cluster's store, and this build runs on one machine alone.");
        var folder = Path.GetFullPath(builder.Configuration["Storage:Path"] ?? "data");
        Directory.CreateDirectory(folder);
        var services = builder.Services.AddGrainServices();
        services.AddSqliteStore(Path.Combine(folder, FileName));
        services.AddSingleton<IRows, LocalRows>();
        services.AddSingleton(new HostInstance(RandomNumberGenerator.GetHexString(16), Alone: true));
        var fatal = new FatalSignal();
        services.AddSingleton(fatal);
        services.AddLocalEngine(
            options =>
            {
                Configure(options);
                options.OnFatal = fatal.Raise;
            },
            typeof(AlertGrain).Assembly);
        services.AddSingleton<IEngineReadiness, LocalReadiness>();
        services.AddHostedService<FailStop>();
        services.AddHostedService<WatchSweepHost>();
        return builder;
    }

    /// <summary>The settings that tests and simulations share with the real host.</summary>
    public static void Configure(LocalEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Json = DispatchJson.Options;
        options.AllowedCalls = CallGraph.Edges.Select(e => new CallEdge(e.Caller, e.Callee)).ToHashSet();
    }
}

internal sealed class LocalReadiness(LocalSilo silo, EngineState state) : IEngineReadiness
{
    public bool Ready => state is { Swept: true, Fault: null } && silo.RemindersReady.IsCompletedSuccessfully;

    public string? Fault => state.Fault;

    public bool IsOutage(Exception failure) =>
        failure is TimeoutException or StoreUnavailableException or EngineStoppedException or GrainOverloadedException or Orleans.Storage.InconsistentStateException or Orleans.Runtime.ReminderException
        || (failure.InnerException is { } inner && IsOutage(inner));
}
