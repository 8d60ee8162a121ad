using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Dispatch.TestHosts;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>A real Kannel on loopback, as <c>docs/install.md</c> sets it up: bearerbox and smsbox, and in place of the mobile network a connection of ours to its fake centre.</summary>
internal sealed class RunningKannel : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-kannel-").FullName;
    private readonly List<Process> _boxes = [];
    private readonly Channel<string> _left = Channel.CreateUnbounded<string>();
    private readonly TcpClient _network = new();
    private Task _reading = Task.CompletedTask;

    public int SendPort { get; } = Ports.Free();

    /// <param name="host">Where it brings what comes in.</param>
    public static async Task<RunningKannel> Start(Uri host, string secret)
    {
        var kannel = new RunningKannel();
        var (admin, box, centre) = (Ports.Free(), Ports.Free(), Ports.Free());
        var configuration = Path.Combine(kannel._folder, "kannel.conf");
        await File.WriteAllTextAsync(configuration, $"""
            group = core
            admin-port = {admin}
            admin-password = loopback
            admin-interface = "127.0.0.1"
            smsbox-port = {box}
            smsbox-interface = "127.0.0.1"
            box-allow-ip = "127.0.0.1"
            box-deny-ip = "*.*.*.*"
            store-type = file
            store-location = "{kannel._folder}/store"
            log-file = "{kannel._folder}/bearerbox.log"
            log-level = 1

            group = smsc
            smsc = fake
            smsc-id = FAKE
            port = {centre}
            connect-allow-ip = 127.0.0.1

            group = smsbox
            bearerbox-host = 127.0.0.1
            sendsms-port = {kannel.SendPort}
            sendsms-interface = "127.0.0.1"
            log-file = "{kannel._folder}/smsbox.log"
            log-level = 1

            group = sendsms-user
            username = dispatch
            password = "a password"
            default-sender = 100
            max-messages = 1

            group = sms-service
            keyword = default
            catch-all = true
            max-messages = 0
            get-url = "{host}gateways/sms/kannel/{secret}?id=%I&from=%p&text=%a"
            """);
        await kannel.Run("bearerbox", configuration, box);
        await kannel.Run("smsbox", configuration, kannel.SendPort);
        await kannel._network.ConnectAsync(IPAddress.Loopback, centre);
        kannel._reading = kannel.Read();
        return kannel;
    }

    /// <summary>The next text that reached the network: from whom, to whom, how, and what.</summary>
    public ValueTask<string> Next() => _left.Reader.ReadAsync(new CancellationTokenSource(StartWithin).Token);

    /// <summary>Somebody out there sends a text.</summary>
    public async Task Sends(string from, string text) => await _network.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{from} 100 text {text}\n"));

    public async ValueTask DisposeAsync()
    {
        _network.Dispose();
        await _reading;
        foreach (var box in Enumerable.Reverse(_boxes))
        {
            box.Kill();
            await box.WaitForExitAsync();
            box.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task Run(string program, string configuration, int port)
    {
        var start = new ProcessStartInfo(await KannelProgram.Path(program), [configuration]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        var box = Process.Start(start)!;
        box.OutputDataReceived += (_, _) => { };
        box.ErrorDataReceived += (_, _) => { };
        box.BeginOutputReadLine();
        box.BeginErrorReadLine();
        _boxes.Add(box);
        var until = DateTimeOffset.UtcNow + StartWithin;
        while (!await Listens(port))
        {
            Assert.True(!box.HasExited && DateTimeOffset.UtcNow < until, $"{program} did not come up: {await Log(program)}");
            await Task.Delay(50);
        }
    }

    private async Task<string> Log(string program) => File.Exists($"{_folder}/{program}.log") ? await File.ReadAllTextAsync($"{_folder}/{program}.log") : "(no log)";

    private static async Task<bool> Listens(int port)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task Read()
    {
        try
        {
            using var reader = new StreamReader(_network.GetStream());
            while (await reader.ReadLineAsync() is { } line) _left.Writer.TryWrite(line);
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException)
        {
            // Hung up.
        }
    }
}
