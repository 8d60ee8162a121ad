using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.Postgres.Rows;
using Microsoft.Extensions.DependencyInjection;
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
        return services.AwaitAtStart(new("PostgreSQL", PostgresSettings.ConnectionSetting, (provider, cancel) => Prepare(settings, provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PostgresSchema)), cancel), PostgresFailures.IsOutage));
    }

    private static async Task Prepare(PostgresSettings settings, ILogger log, CancellationToken cancel)
    {
        try
        {
            await PostgresSchema.Bring(settings, log, cancel);
            await PostgresSchema.RequireWhole(settings, cancel);
        }
        catch (PostgresException refusal) when (!PostgresFailures.IsOutage(refusal))
        {
            throw new StartRefusedException($"The database that {PostgresSettings.ConnectionSetting} names cannot be set up: {refusal.MessageText}.");
        }
    }
}
