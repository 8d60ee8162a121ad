using Dispatch.Web.Gateways.Texts;

namespace Dispatch.Web.Tests.Gateways.Texts;

public sealed class NumberTurnsTests
{
    [Fact]
    public async Task Those_of_one_number_go_one_after_the_other_and_no_other_waits_for_them()
    {
        var (turns, first, order) = (new NumberTurns(), new TaskCompletionSource(), new List<int>());
        var one = turns.Take("a", async () => { await first.Task; order.Add(1); });
        var two = turns.Take("a", () => { order.Add(2); return Task.CompletedTask; });
        Assert.True(await turns.Take("b", () => { order.Add(3); return Task.CompletedTask; }));
        first.SetResult();
        Assert.All(await Task.WhenAll(one, two), taken => Assert.True(taken));
        Assert.Equal([3, 1, 2], order);
    }

    [Fact]
    public async Task More_than_so_many_are_not_done_and_afterwards_there_is_room_again()
    {
        var (turns, first, done) = (new NumberTurns(), new TaskCompletionSource(), 0);
        var all = Enumerable.Range(0, NumberTurns.AtOnce).Select(_ => turns.Take("a", async () => { await first.Task; done++; })).ToArray();
        Assert.False(await turns.Take("a", () => throw new InvalidOperationException("It was done all the same.")));
        first.SetResult();
        Assert.All(await Task.WhenAll(all), taken => Assert.True(taken));
        Assert.Equal(NumberTurns.AtOnce, done);
        Assert.True(await turns.Take("a", () => Task.CompletedTask));
    }

    [Fact]
    public async Task One_that_fails_keeps_no_other_from_its_turn()
    {
        var (turns, first) = (new NumberTurns(), new TaskCompletionSource());
        var one = turns.Take("a", async () => { await first.Task; throw new TimeoutException(); });
        var two = turns.Take("a", () => Task.CompletedTask);
        first.SetResult();
        await Assert.ThrowsAsync<TimeoutException>(() => one);
        Assert.True(await two);
    }
}
