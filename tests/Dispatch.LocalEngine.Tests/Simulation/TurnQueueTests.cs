namespace Dispatch.LocalEngine.Tests;

public sealed class TurnQueueTests
{
    [Fact]
    public void Host_code_runs_on_this_thread_over_every_await()
    {
        var turns = new TurnQueue();
        var thread = Environment.CurrentManagedThreadId;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        turns.Run(async () =>
        {
            await Task.Yield();
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            turns.Post(gate.SetResult);
            await gate.Task;
            await Task.WhenAll(Pause(), Pause());
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        });

        static async Task Pause() => await Task.Yield();
    }

    [Fact]
    public void Host_code_that_cannot_end_says_so_instead_of_hanging()
    {
        var turns = new TurnQueue();
        var stuck = Assert.Throws<InvalidOperationException>(() => turns.Run(() => new TaskCompletionSource().Task));
        Assert.Contains("has not ended", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_loop_of_turns_is_found()
    {
        var turns = new TurnQueue { MaxTurns = 1000 };
        turns.Post(Again);
        Assert.Throws<InvalidOperationException>(turns.RunUntilIdle);

        void Again() => turns.Post(Again);
    }

    [Fact]
    public void Work_that_escaped_to_another_thread_is_reported_and_not_run()
    {
        var turns = new TurnQueue();
        var ran = false;
        var elsewhere = new Thread(() => turns.Post(() => ran = true));
        elsewhere.Start();
        elsewhere.Join();
        var reported = Assert.Throws<InvalidOperationException>(turns.RunUntilIdle);
        Assert.Contains(nameof(Work_that_escaped_to_another_thread_is_reported_and_not_run), reported.Message, StringComparison.Ordinal);
        Assert.False(ran);
    }

    [Fact]
    public void A_chooser_mixes_owners_but_keeps_each_owners_own_order()
    {
        Assert.Equal(Order(new Random(1).Next), Order(new Random(1).Next));
        Assert.NotEqual(Order(new Random(1).Next), Order(new Random(2).Next));

        foreach (var seed in Enumerable.Range(0, 50))
        {
            var order = Order(new Random(seed).Next);
            foreach (var owner in new[] { 'a', 'b', 'c' })
            {
                Assert.Equal([$"{owner}0", $"{owner}1", $"{owner}2", $"{owner}3"], order.Where(o => o[0] == owner));
            }
        }

        static List<string> Order(Func<int, int> choose)
        {
            var turns = new TurnQueue(choose);
            List<string> order = [];
            foreach (var owner in new[] { "a", "b", "c" })
            {
                var own = new Owner(owner, order);
                for (var i = 0; i < 4; i++)
                {
                    turns.Post(own.Next);
                }
            }

            turns.RunUntilIdle();
            return order;
        }
    }

    private sealed class Owner(string name, List<string> order)
    {
        private int _count;

        public void Next() => order.Add($"{name}{_count++}");
    }
}
