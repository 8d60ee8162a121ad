using Dispatch.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Dispatch.Postgres;

/// <summary>Where the database is, and how long anybody waits for it. Never printed: it holds a password.</summary>
public sealed class PostgresSettings
{
    public const string ConnectionSetting = "Cluster:Postgres";
    public const string PasswordFileSetting = "Cluster:PostgresPasswordFile";

    /// <summary>A statement that nobody waits for any more ends on the server too, and lets go of its locks.</summary>
    private const string ServerLimits = "-c statement_timeout=6s -c idle_in_transaction_session_timeout=15s";

    private PostgresSettings(string connectionString) => ConnectionString = connectionString;

    /// <summary>For the row store and for Orleans' providers (invariant <c>Npgsql</c>) alike.</summary>
    public string ConnectionString { get; }

    /// <exception cref="StartRefusedException">A setting is missing or cannot be used; the message names it.</exception>
    public static PostgresSettings Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var given = configuration[ConnectionSetting];
        if (string.IsNullOrWhiteSpace(given)) throw new StartRefusedException($"{ConnectionSetting} is not set.");
        var parsed = Parse(given);
        if (configuration[PasswordFileSetting] is { Length: > 0 } file) parsed.Password = ReadPassword(file);
        return new PostgresSettings(WithLimits(parsed).ConnectionString);
    }

    /// <summary>What the string says itself stays; the rest bounds every wait, so that no turn of a grain hangs on the network.</summary>
    private static NpgsqlConnectionStringBuilder WithLimits(NpgsqlConnectionStringBuilder given)
    {
        string[] said = [.. given.Keys];
        if (!said.Contains("Timeout")) given.Timeout = 3;
        if (!said.Contains("Command Timeout")) given.CommandTimeout = 4;
        // A server that is silent would not answer the request to cancel either.
        if (!said.Contains("Cancellation Timeout")) given.CancellationTimeout = -1;
        // Three hosts with two pools each stay well below the 100 connections that PostgreSQL allows by default: those of a host that died, or of statements given up, linger, and whoever repairs or backs up needs some as well.
        if (!said.Contains("Maximum Pool Size")) given.MaxPoolSize = 12;
        if (!said.Contains("Max Auto Prepare")) given.MaxAutoPrepare = 64;
        if (!said.Contains("Application Name")) given.ApplicationName = "dispatch";
        if (!said.Contains("Options")) given.Options = ServerLimits;
        return given;
    }

    // What the parser says may quote a part of the password, so it is not passed on.
    private static NpgsqlConnectionStringBuilder Parse(string given)
    {
        NpgsqlConnectionStringBuilder parsed;
        try
        {
            parsed = new NpgsqlConnectionStringBuilder(given);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or KeyNotFoundException)
        {
            throw new StartRefusedException($"{ConnectionSetting} cannot be read. It is written like: Host=db.example;Database=dispatch;Username=dispatch;SSL Mode=VerifyFull");
        }

        string?[] needed = [parsed.Host is { Length: > 0 } ? null : "Host", parsed.Database is { Length: > 0 } ? null : "Database", parsed.Username is { Length: > 0 } ? null : "Username"];
        return needed.FirstOrDefault(part => part is not null) is { } missing ? throw new StartRefusedException($"{ConnectionSetting} names no {missing}.") : parsed;
    }

    private static string ReadPassword(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{PasswordFileSetting} cannot be read: {exception.Message}");
        }
    }
}
