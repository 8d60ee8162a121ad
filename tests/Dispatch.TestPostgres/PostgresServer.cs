using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Dispatch.TestPostgres;

/// <summary>A PostgreSQL server of these tests' own: in a temporary folder, on a free port of the loopback, with fsync on as in production.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "dispatch";

    /// <summary>Ends the server when this process is gone, however it went: then the pipe that the shell reads from closes.</summary>
    private const string UntilThePipeCloses = "\"$@\" </dev/null & server=$!; read -r _; kill -INT $server 2>/dev/null; wait $server";

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(30);
    private static int _databases;

    private readonly string _programs;
    private readonly string _folder;
    private readonly string _password;
    private Process? _process;
    private string _lastWords = "";

    private PostgresServer(string programs, string folder, string password)
    {
        (_programs, _folder, _password) = (programs, folder, password);
        Port = FreePort();
    }

    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    public static async Task<PostgresServer> Create()
    {
        var programs = await PostgresProgram.Folder();
        var folder = await PostgresProgram.MakeFolder();
        var password = RandomNumberGenerator.GetHexString(24);
        var file = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(file, password);
        var server = new PostgresServer(programs, folder, password);
        await PostgresProgram.Run(
            Path.Combine(programs, "initdb"), "-D", server.Data, "-U", User, "-A", "scram-sha-256", $"--pwfile={file}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
        await server.Start();
        return server;
    }

    /// <summary>A new, empty database whose own order of letters is French, as an operator may have it.</summary>
    public async Task<string> CreateDatabase()
    {
        var name = $"d{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        var french = connection.PostgreSqlVersion.Major >= 15 ? "LOCALE_PROVIDER icu ICU_LOCALE 'fr-FR'" : "";
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {french}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Database={database};Username={User};Password={_password}";

    public async Task Start()
    {
        _process = Process.Start(PostgresProgram.AsAccount(
            "/bin/sh", "-c", UntilThePipeCloses, "sh", Path.Combine(_programs, "postgres"), "-D", Data, "-c", $"port={Port}", "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "max_connections=100"))!;
        // Read, or the pipe would fill and hold the server up.
        _process.ErrorDataReceived += (_, line) => _lastWords = line.Data ?? _lastWords;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await UntilItAnswers();
    }

    /// <summary>Stops it as an operator does: open connections are ended.</summary>
    public async Task Stop()
    {
        if (_process is not { } process) return;
        _process = null;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Holds every process of the server still, as a frozen machine does: connections stay open and nothing is answered.</summary>
    public Task Freeze() => Signal("-STOP");

    public Task Thaw() => Signal("-CONT");

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Signal(string signal)
    {
        var server = int.Parse((await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        int[] children = [.. (await File.ReadAllTextAsync($"/proc/{server}/task/{server}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        using var kill = Process.Start("kill", [signal, .. children.Append(server).Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync();
    }

    private async Task UntilItAnswers()
    {
        using var limit = new CancellationTokenSource(StartsWithin);
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=2");
                await connection.OpenAsync(limit.Token);
                return;
            }
            catch (NpgsqlException) when (!limit.IsCancellationRequested && _process is { HasExited: false })
            {
                await Task.Delay(20, limit.Token);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"The PostgreSQL server did not start: {_lastWords}", failure);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
