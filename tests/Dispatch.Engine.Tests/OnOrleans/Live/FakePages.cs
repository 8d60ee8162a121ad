using System.Collections.Concurrent;
using Dispatch.Channels.Live;
using Dispatch.Domain.Channels;

namespace Dispatch.Engine.Tests.Live;

/// <summary>The pages of one host, by the address at which they listen.</summary>
internal sealed class FakePages : IOpenPages
{
    private readonly ConcurrentDictionary<string, bool> _open = new();

    public event Action<string>? Changed;

    public ConcurrentQueue<string> Taken { get; } = new();

    public ConcurrentQueue<CutOff> CutOffs { get; } = new();

    /// <summary>What its pages do with a notice; null: they take it.</summary>
    public Func<Notice, Task<LiveReach>>? Behaviour { get; set; }

    public IReadOnlyCollection<string> Addresses => [.. _open.Keys];

    public bool Listens(string address) => _open.ContainsKey(address);

    public void Open(string address)
    {
        _open[address] = true;
        Changed?.Invoke(address);
    }

    public void Close(string address)
    {
        _open.TryRemove(address, out _);
        Changed?.Invoke(address);
    }

    public async Task<LiveReach> Deliver(Notice notice, CancellationToken deadline)
    {
        if (!Listens(LiveAddress.Of(notice))) return LiveReach.NotConnected;
        if (Behaviour is { } behaviour) return await behaviour(notice);
        Taken.Enqueue(notice.Id);
        return LiveReach.Handed;
    }

    public void Cut(CutOff cut) => CutOffs.Enqueue(cut);
}
