using Dispatch.Channels.Tests.Sms;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Tests.Voice;

/// <summary>"Does my phone ring?", and a real call meanwhile.</summary>
public sealed class TestCallTests
{
    private static readonly DeliveryResult Rings = new DeliveryResult.Later(CallTimes.RingsAtMost, "rings", Partly: true);

    [Fact]
    public async Task A_test_is_one_call_that_says_so_and_asks_for_no_key()
    {
        await using var calling = await Calling.With();
        Assert.IsType<DeliveryResult.Sent>(await Test(calling));
        Assert.Single(calling.Rung);
        Assert.Equal(new CallSubject("test:t1", Calling.Person, "voice.test", "en", Urgent: false), Assert.Single(calling.Subjects));
    }

    [Fact]
    public async Task An_emergency_takes_the_line_from_a_test_and_ends_it()
    {
        await using var calling = await Calling.With();
        await Test(calling);
        Assert.Equal(Rings, await calling.Send(Calling.Offer()));
        Assert.Equal(2, calling.Rung.Count);
        Assert.Equal($"/calls/{calling.Rung[0].Fields["reference"]}", Assert.Single(calling.HungUp).Path);
        Assert.Equal("yielded", calling.Record("test:t1")!.Attempts[0].Over);
    }

    [Fact]
    public async Task An_emergency_takes_the_line_from_a_drill_too()
    {
        await using var calling = await Calling.With();
        await calling.Send(Calling.Offer(exercise: true));
        Assert.Equal(Rings, await calling.Send(Calling.Offer(no: 4)));
        Assert.Equal((2, 1), (calling.Rung.Count, calling.HungUp.Count));
    }

    [Theory]
    [InlineData("cannot")]
    [InlineData("pickedUp")]
    public async Task Where_a_test_cannot_be_ended_the_emergency_rings_all_the_same(string how)
    {
        await using var calling = await Calling.With();
        await Test(calling);
        if (how == "pickedUp") calling.Last(a => a.PickedUp(calling.Clock.GetUtcNow()));
        else calling.First.Answers = http => http.Request.Method == "DELETE" ? Loopback.Says(405, "")(http) : Calling.Taken(http);
        Assert.Equal(Rings, await calling.Send(Calling.Offer()));
        Assert.Equal(2, calling.Rung.Count);
        Assert.Null(calling.Record("test:t1")!.Attempts[0].Over);
    }

    [Fact]
    public async Task Nothing_else_takes_a_line_and_a_test_never_does()
    {
        await using var calling = await Calling.With();
        await Test(calling);
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(5), "onThePhone"), await calling.Send(Calling.Offer(exercise: true)));
        await calling.Send(Calling.Offer(no: 4));
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(5), "onThePhone"), await Test(calling, "t2"));
        Assert.Equal(2, calling.Rung.Count);
    }

    private static async Task<DeliveryResult> Test(Calling calling, string testId = "t1") =>
        await calling.Channel.Test(Calling.Person, (await calling.Of(Calling.Person, ChannelKind.Voice, CancellationToken.None))[0], testId, CancellationToken.None).WaitAsync(Calling.Patience);
}
