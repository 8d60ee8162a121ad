using Dispatch.Grains.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Cluster.Postgres;

internal static class PostgresStore
{
    private const string Invariant = "Npgsql";

    /// <summary>Members, states and reminders in PostgreSQL.</summary>
    public static void UsePostgres(this ISiloBuilder silo, IConfiguration configuration, ClusterSettings settings)
    {
        var connection = configuration["Cluster:Postgres"] ?? throw new StartRefusedException("Cluster:Postgres is not set.");
        silo.ConfigureEndpoints(settings.Address, settings.SiloPort, settings.GatewayPort);
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
        silo.AddAdoNetGrainStorageAsDefault(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
    }
}
