using System.Globalization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Simulation.Plans;

namespace Dispatch.Simulation.Worlds;

/// <summary>What lies between the process and people's phones. It outlives the process: what was handed over may arrive after a crash.</summary>
internal sealed class Network(World world)
{
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _noCoverage = new(StringComparer.Ordinal);
    private readonly Dictionary<ChannelKind, (ChannelTrouble How, DateTimeOffset Until)> _broken = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private CrashAtSend? _crash;
    private int _sendsToCrash;
    private bool _healed;

    private Habits Habits => _healed ? new Habits() : world.Plan.Habits;

    public void Begin(ChannelBreaks trouble) => _broken[trouble.Channel] = (trouble.How, world.Now + TimeSpan.FromSeconds(trouble.Seconds));

    public void Begin(NoCoverage trouble) => _noCoverage[trouble.Who] = world.Now + TimeSpan.FromSeconds(trouble.Seconds);

    public void Arm(CrashAtSend crash) => (_crash, _sendsToCrash) = (crash, crash.Sends);

    public void Heal()
    {
        _healed = true;
        _broken.Clear();
        _noCoverage.Clear();
        _crash = null;
    }

    public Task<DeliveryResult> Send(ChannelKind kind, Notice notice, int process, CancellationToken deadline)
    {
        if (process != world.Process || !world.Up) return Forever(CancellationToken.None);
        if (notice.Kind is NoticeKind.QueueChanged or NoticeKind.LineAlertChanged) return Broken(kind, deadline) ?? Sent();

        var attempt = _attempts[notice.Id] = _attempts.GetValueOrDefault(notice.Id) + 1;
        world.Tally.Count("sends");
        world.Trace($"send {kind} {notice.Kind} {notice.Id} to {notice.Recipient} v{notice.Version} #{attempt}");
        world.Book.Leaving(notice, kind);
        if (_crash is { } crash && --_sendsToCrash <= 0)
        {
            _crash = null;
            world.Tally.Count("fault.crash.atSend");
            Carry(kind, notice, attempt);
            world.Crash(TimeSpan.FromSeconds(crash.Down));
            return Forever(CancellationToken.None);
        }

        return Broken(kind, deadline) ?? Try(kind, notice, attempt, deadline);
    }

    private Task<DeliveryResult>? Broken(ChannelKind kind, CancellationToken deadline)
    {
        if (!_broken.TryGetValue(kind, out var trouble) || world.Now >= trouble.Until) return null;
        world.Tally.Count("fault.channel.down");
        return trouble.How switch
        {
            ChannelTrouble.Later => Answer(new DeliveryResult.Later(TimeSpan.FromSeconds(2), "down")),
            ChannelTrouble.Never => Answer(new DeliveryResult.Never("down")),
            ChannelTrouble.Hangs => Forever(deadline),
            ChannelTrouble.Throws => Task.FromException<DeliveryResult>(new IOException("down")),
            _ => throw new System.Diagnostics.UnreachableException("channel trouble"),
        };
    }

    private Task<DeliveryResult> Try(ChannelKind kind, Notice notice, int attempt, CancellationToken deadline)
    {
        if (kind is ChannelKind.Live && OutOfCoverage(notice.Recipient)) return Answer(new DeliveryResult.Never("notConnected"));
        var habits = Habits;
        if (Throw(habits.Thrown, "thrown", notice, attempt)) return Task.FromException<DeliveryResult>(new IOException("refused"));
        if (Throw(habits.Hung, "hung", notice, attempt)) return Forever(deadline);
        if (Throw(habits.Refused, "refused", notice, attempt)) return Answer(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "busy"));
        if (Throw(habits.Never, "never", notice, attempt)) return Answer(new DeliveryResult.Never("gone"));
        if (Throw(habits.Lost, "lost", notice, attempt))
        {
            if (notice.Kind is NoticeKind.Offer && Throw(habits.Lying, "lying", notice, attempt)) Receipt(kind, notice, ReceiptState.Delivered, 0.5);
            world.Book.Accepted(notice, kind);
            return Sent();
        }

        Carry(kind, notice, attempt);
        if (Throw(habits.Denied, "denied", notice, attempt)) return Answer(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "unclear"));
        world.Book.Accepted(notice, kind);
        return Sent();
    }

    /// <summary>On its way: later for some, twice for some, and for those out of coverage when they are back.</summary>
    private void Carry(ChannelKind kind, Notice notice, int attempt)
    {
        var seconds = (kind is ChannelKind.Live ? 0.05 : 1.5) * (0.5 + Share("way", notice, attempt));
        if (Throw(Habits.Late, "late", notice, attempt)) seconds += 90 * Share("howLate", notice, attempt);
        if (_noCoverage.TryGetValue(notice.Recipient, out var back) && back > world.Now)
        {
            world.Tally.Count("fault.network.noCoverage");
            seconds += (back - world.Now).TotalSeconds;
        }

        world.After(TimeSpan.FromSeconds(seconds), () => Arrive(kind, notice));
        if (Throw(Habits.Doubled, "doubled", notice, attempt)) world.After(TimeSpan.FromSeconds(seconds + 0.2), () => Arrive(kind, notice));
    }

    private void Arrive(ChannelKind kind, Notice notice)
    {
        world.Trace($"arrive {notice.Kind} {notice.Id} at {notice.Recipient}");
        // The phone drops what it has shown before.
        if (!_seen.Add(notice.Id)) return;
        world.Tally.Count("notices");
        if (notice.Kind is not NoticeKind.Offer) return;
        if (Throw(Habits.Mute, "mute", notice, 0)) return;
        Receipt(kind, notice, ReceiptState.Delivered, 0.1);
        if (Share("looks", notice, 0) < 0.5) Receipt(kind, notice, ReceiptState.Seen, 4);
        if (!Throw(Habits.Muddled, "muddled", notice, 0)) return;
        Receipt(kind, notice, ReceiptState.Seen, 0.2);
        Receipt(kind, notice, ReceiptState.Delivered, 40, wrongBy: TimeSpan.FromHours((6 * Share("wrong", notice, 0)) - 3));
    }

    private void Receipt(ChannelKind kind, Notice notice, ReceiptState state, double seconds, TimeSpan wrongBy = default) =>
        world.After(TimeSpan.FromSeconds(seconds), () => world.People.Confirm(notice, kind, state, world.Wall.GetUtcNow() + wrongBy));

    private bool OutOfCoverage(string who)
    {
        if (!_noCoverage.TryGetValue(who, out var back) || world.Now >= back) return false;
        world.Tally.Count("fault.network.noCoverage");
        return true;
    }

    private bool Throw(double share, string what, Notice notice, int attempt)
    {
        if (share <= 0 || Share(what, notice, attempt) >= share) return false;
        world.Tally.Count("fault.network." + what);
        return true;
    }

    private double Share(string what, Notice notice, int attempt) =>
        Dice.Share(world.Plan.Seed, what, notice.Id, attempt.ToString(CultureInfo.InvariantCulture));

    private static Task<DeliveryResult> Sent() => Answer(new DeliveryResult.Sent());

    private static Task<DeliveryResult> Answer(DeliveryResult result) => Task.FromResult(result);

    private static Task<DeliveryResult> Forever(CancellationToken deadline)
    {
        var never = new TaskCompletionSource<DeliveryResult>();
        deadline.Register(() => never.TrySetCanceled(deadline));
        return never.Task;
    }
}

/// <summary>One channel of one process: a dead process sends nothing.</summary>
internal sealed class SimulatedChannel(ChannelKind kind, Network network, int process) : IChannel
{
    public ChannelKind Kind => kind;

    public Task<DeliveryResult> Send(Notice notice, CancellationToken deadline) => network.Send(kind, notice, process, deadline);
}
