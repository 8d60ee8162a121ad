using System.Text;
using Dispatch.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Engine.Tests;

/// <summary>The hosts of one engine in this process, in real time, on one file.</summary>
public sealed partial class World : IAsyncLifetime, IDisposable
{
    /// <summary>Longer than anything takes; only a broken promise waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-engine-").FullName;

    public Journal Journal { get; } = new();

    public FaultyStore Store { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Store = new(new SqliteStore(Path.Combine(_folder, "store.db"), new(), NullLogger<SqliteStore>.Instance));
        await StartHosts();
    }

    public async Task DisposeAsync()
    {
        await StopHosts();
        await Store.Close();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Every host dies and comes back on what its disk kept.</summary>
    public async Task Restart()
    {
        await KillHosts();
        await Store.Close();
        await InitializeAsync();
    }

    /// <summary>Waits for the answer, but not for ever.</summary>
    public static Task<T> Do<T>(Func<Task<T>> call) => call().WaitAsync(Patience);

    public static Task Do(Func<Task> call) => call().WaitAsync(Patience);

    public static async Task Until(Func<bool> happened)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!happened()) await Task.Delay(10, patience.Token);
    }

    /// <summary>For what must not happen: there is no sign to wait for.</summary>
    public static Task Pass(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds));

    public void Open(string gate) => Journal.Gate(gate).TrySetResult();

    /// <summary>Somebody else writes the state of a ledger.</summary>
    public Task Overwrite(string ledger, string text) => Store.Write(new(
        new("grain-state", $"contract-ledger/{ledger}", "ledger"), Encoding.UTF8.GetBytes("""{"value":{"text":"*"}}""".Replace("*", text, StringComparison.Ordinal))));
}
