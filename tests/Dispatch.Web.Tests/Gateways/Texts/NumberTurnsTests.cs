using Dispatch.Domain.Conversations;
using Dispatch.Web.Gateways.Texts;

namespace Dispatch.Web.Tests.Gateways.Texts;

public sealed class NumberTurnsTests
{
    [Fact]
    public async Task Those_of_one_number_go_one_after_the_other_and_no_other_waits_for_them()
    {
        var (turns, first, order) = (Turns(), new TaskCompletionSource(), new List<int>());
        var one = turns.Take("a", async () => { await first.Task; order.Add(1); });
        var two = turns.Take("a", () => { order.Add(2); return Task.CompletedTask; });
        Assert.True(await turns.Take("b", () => { order.Add(3); return Task.CompletedTask; }));
        first.SetResult();
        Assert.All(await Task.WhenAll(one, two), taken => Assert.True(taken));
        Assert.Equal([3, 1, 2], order);
    }

    [Fact]
    public async Task What_a_network_kept_back_is_all_done_and_what_a_machine_sends_after_it_is_not()
    {
        var (turns, first, done) = (Turns(), new TaskCompletionSource(), 0);
        var all = Enumerable.Range(0, Conversing.MaxTexts).Select(_ => turns.Take("a", async () => { await first.Task; done++; })).ToArray();
        Assert.False(await turns.Take("a", () => throw new InvalidOperationException("It was done all the same.")));
        first.SetResult();
        Assert.All(await Task.WhenAll(all), taken => Assert.True(taken));
        Assert.Equal(Conversing.MaxTexts, done);

        // A call for help is heard whatever came before it; only not many at once any more.
        var second = new TaskCompletionSource();
        var few = Enumerable.Range(0, NumberTurns.AtOnce).Select(_ => turns.Take("a", () => second.Task)).ToArray();
        Assert.False(await turns.Take("a", () => throw new InvalidOperationException("It was done all the same.")));
        second.SetResult();
        Assert.All(await Task.WhenAll(few), taken => Assert.True(taken));
    }

    [Fact]
    public async Task One_that_fails_keeps_no_other_from_its_turn()
    {
        var (turns, first) = (Turns(), new TaskCompletionSource());
        var one = turns.Take("a", async () => { await first.Task; throw new TimeoutException(); });
        var two = turns.Take("a", () => Task.CompletedTask);
        first.SetResult();
        await Assert.ThrowsAsync<TimeoutException>(() => one);
        Assert.True(await two);
    }

    private static NumberTurns Turns() => new(TimeProvider.System);
}
