using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.Postgres.Rows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dispatch.Postgres;

public static class PostgresServices
{
    /// <summary>The row store on PostgreSQL. The schema is brought up to date before any hosted service starts, Orleans' silo included.</summary>
    public static IServiceCollection AddPostgresRows(this IServiceCollection services, PostgresSettings settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(settings);
        services.AddSingleton<IRows, PostgresRows>();
        services.AddHostedService<SchemaAtStart>();
        return services;
    }
}

/// <summary>Waits for a database that is still starting, then brings it up to date.</summary>
internal sealed class SchemaAtStart(PostgresSettings settings, TimeProvider clock, ILogger<SchemaAtStart> log) : IHostedLifecycleService
{
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        for (var since = clock.GetTimestamp(); ;)
        {
            try
            {
                await PostgresSchema.Bring(settings, log, cancellationToken);
                await PostgresSchema.RequireWhole(settings, cancellationToken);
                return;
            }
            catch (Exception failure) when (PostgresFailures.IsOutage(failure))
            {
                if (clock.GetElapsedTime(since) > WaitAtMost)
                    throw new StartRefusedException($"PostgreSQL is not available as {PostgresSettings.ConnectionSetting} names it: {failure.Message}");
                log.LogWarning("PostgreSQL is not available yet: {Reason}", failure.Message);
            }
            catch (PostgresException refusal)
            {
                throw new StartRefusedException($"The database that {PostgresSettings.ConnectionSetting} names cannot be set up: {refusal.MessageText}.");
            }

            await Task.Delay(TryEvery, clock, cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
