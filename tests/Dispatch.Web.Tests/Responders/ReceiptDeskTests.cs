using System.Collections.Immutable;
using System.Reflection;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Responders;
using Orleans;

namespace Dispatch.Web.Tests.Responders;

public sealed class ReceiptDeskTests
{
    private readonly Alerts _alerts = new();
    private ReceiptDesk Desk => field ??= new ReceiptDesk(_alerts.Factory);

    [Fact]
    public async Task What_comes_in_during_a_call_rides_the_next_one_together()
    {
        var first = Desk.Record("a", Receipt(0));
        var firstCall = await _alerts.Next();
        var rest = Enumerable.Range(1, 999).Select(n => Desk.Record("a", Receipt(n))).ToArray();
        var elsewhere = Desk.Record("b", Receipt(0));
        var otherCall = await _alerts.Next();
        Assert.Equal(("b", 1), (otherCall.Alert, otherCall.Receipts.Length));
        Assert.DoesNotContain(rest, r => r.IsCompleted);

        firstCall.Answer.SetResult();
        await first;
        var secondCall = await _alerts.Next();
        Assert.Equal(("a", 999), (secondCall.Alert, secondCall.Receipts.Length));
        secondCall.Answer.SetResult();
        await Task.WhenAll(rest);
        otherCall.Answer.SetResult();
        await elsewhere;
        Assert.Equal(3, _alerts.Calls);
    }

    [Fact]
    public async Task A_failure_is_told_to_those_who_rode_and_the_next_ride_goes_on()
    {
        var first = Desk.Record("a", Receipt(0));
        var call = await _alerts.Next();
        var second = Desk.Record("a", Receipt(1));
        call.Answer.SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        (await _alerts.Next()).Answer.SetResult();
        await second;
    }

    [Fact]
    public async Task A_full_desk_says_so_and_drops_nothing_that_it_took()
    {
        var first = Desk.Record("a", Receipt(0));
        var call = await _alerts.Next();
        var taken = Enumerable.Range(0, ReceiptDesk.MaxWaiting).Select(n => Desk.Record("a", Receipt(n))).ToArray();
        Assert.Throws<ReceiptsFullException>(() => { _ = Desk.Record("a", Receipt(0)); });
        Assert.Throws<ReceiptsFullException>(() => { _ = Desk.Record("b", Receipt(0)); });
        call.Answer.SetResult();
        await first;
        var next = await _alerts.Next();
        Assert.Equal(ReceiptDesk.MaxWaiting, next.Receipts.Length);
        next.Answer.SetResult();
        await Task.WhenAll(taken);
    }

    private static Receipt Receipt(int offer) => new(offer, "r", ChannelKind.Live, ReceiptState.Delivered, DateTimeOffset.UnixEpoch);

    private sealed record Call(string Alert, ImmutableArray<Receipt> Receipts, TaskCompletionSource Answer);

    /// <summary>Alerts that do nothing but take receipts, one call at a time as the test lets them.</summary>
    private sealed class Alerts
    {
        private readonly System.Threading.Channels.Channel<Call> _calls = System.Threading.Channels.Channel.CreateUnbounded<Call>();

        public int Calls { get; private set; }

        public IGrainFactory Factory => Proxy<IGrainFactory>.Of((_, arguments) => Proxy<IAlertGrain>.Of((_, given) => Take((string)arguments![0]!, (ImmutableArray<Receipt>)given![0]!)));

        public async Task<Call> Next() => await _calls.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token);

        private Task Take(string alert, ImmutableArray<Receipt> receipts)
        {
            Calls++;
            var call = new Call(alert, receipts, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _calls.Writer.TryWrite(call);
            return call.Answer.Task;
        }
    }

    internal class Proxy<T> : DispatchProxy
        where T : class
    {
        private Func<MethodInfo, object?[]?, object?> _answer = null!;

        public static T Of(Func<MethodInfo, object?[]?, object?> answer)
        {
            var proxy = Create<T, Proxy<T>>();
            ((Proxy<T>)(object)proxy)._answer = answer;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args);
    }
}
