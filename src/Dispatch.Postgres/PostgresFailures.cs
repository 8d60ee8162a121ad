using System.Net.Sockets;
using Npgsql;

namespace Dispatch.Postgres;

/// <summary>What a failure of the database means.</summary>
public static class PostgresFailures
{
    /// <summary>True for "not now, repeat", also where Orleans' providers wrapped it: no connection, no answer in time, no room, being stopped, read-only, rolled back for another's sake.</summary>
    public static bool IsOutage(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure switch
        {
            PostgresException answered => IsOutage(StateOf(answered)),
            NpgsqlException or SocketException or TimeoutException => true,
            _ => failure.InnerException is { } inner && IsOutage(inner),
        };
    }

    /// <summary>An exception that came from another host has kept its words alone; they begin with the state.</summary>
    private static string StateOf(PostgresException answered) => answered.SqlState ?? answered.Message.Split(':')[0];

    private static bool IsOutage(string state) => state switch
    {
        // Refused at the door, no resources, stopped by an operator, trouble below the server; rolled back to resolve a conflict.
        _ when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("28", StringComparison.Ordinal) => true,
        _ when state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal) => true,
        _ when state.StartsWith("40", StringComparison.Ordinal) => true,
        // Idle too long in a transaction; read-only, as a standby is; lock not available in time.
        "25P03" or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.LockNotAvailable => true,
        _ => false,
    };
}
