using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Dispatch.TestPrograms;

/// <summary>A real Kannel on loopback, as <c>docs/install.md</c> sets it up: bearerbox and smsbox, and in place of the mobile network a connection of ours to its fake centre.</summary>
public sealed class RunningKannel : IAsyncDisposable
{
    public const string User = "dispatch";
    public const string Password = "a password";
    public const string Sender = "100";
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-kannel-").FullName;
    private readonly List<Process> _boxes = [];
    private readonly Channel<string> _left = Channel.CreateUnbounded<string>();
    private readonly TcpClient _network = new();
    private Task _reading = Task.CompletedTask;

    private RunningKannel() => AppDomain.CurrentDomain.ProcessExit += KillNow;

    public int SendPort { get; } = Ports.Free();

    public Uri SendUrl => new($"http://127.0.0.1:{SendPort}/cgi-bin/sendsms");

    /// <param name="host">Where it brings what comes in.</param>
    public static async Task<RunningKannel> Start(Uri host, string secret)
    {
        ArgumentNullException.ThrowIfNull(host);
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
            username = {User}
            password = "{Password}"
            default-sender = {Sender}
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
    public ValueTask<string> Next() => _left.Reader.TryRead(out var line) ? new(line) : Wait();

    /// <summary>Somebody out there sends a text.</summary>
    public async Task Sends(string from, string text) => await _network.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"{from} {Sender} text {text}\n"));

    public async ValueTask DisposeAsync()
    {
        _network.Dispose();
        await _reading;
        AppDomain.CurrentDomain.ProcessExit -= KillNow;
        foreach (var box in Enumerable.Reverse(_boxes))
        {
            box.Kill();
            await box.WaitForExitAsync();
            box.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async ValueTask<string> Wait()
    {
        using var patience = new CancellationTokenSource(StartWithin);
        return await _left.Reader.ReadAsync(patience.Token);
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
        using var until = new CancellationTokenSource(StartWithin);
        while (!await Listens(port))
        {
            if (box.HasExited || until.IsCancellationRequested) throw new InvalidOperationException($"{program} did not come up: {await Log(program)}");
            await Task.Delay(50);
        }
    }

    /// <summary>Nothing outlives a run that is broken off.</summary>
    private void KillNow(object? sender, EventArgs exit) => _boxes.ForEach(box => box.Kill());

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
