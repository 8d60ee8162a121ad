using Dispatch.Postgres;
using Orleans.Hosting;

namespace Dispatch.Cluster;

internal static class PostgresStore
{
    /// <summary>The name under which Orleans' providers know Npgsql.</summary>
    private const string Invariant = "Npgsql";

    /// <summary>Members, states, reminders and rows in one database, which the hosts bring up to date themselves.</summary>
    public static void UsePostgres(this ISiloBuilder silo, ClusterSettings settings, PostgresSettings postgres)
    {
        silo.Services.AddPostgresRows(postgres);
        silo.ConfigureEndpoints(settings.Address, settings.SiloPort, settings.GatewayPort);
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, postgres.ConnectionString));
        silo.AddAdoNetGrainStorageAsDefault(options => (options.Invariant, options.ConnectionString, options.DeleteStateOnClear) = (Invariant, postgres.ConnectionString, true));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, postgres.ConnectionString));
    }
}
