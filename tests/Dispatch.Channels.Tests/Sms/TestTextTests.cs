using Dispatch.Channels.Gateways;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Tests.Sms;

/// <summary>"Do texts reach me?"</summary>
public sealed class TestTextTests
{
    [Theory]
    [InlineData("fr", "Test. Vous n'avez rien à répondre.")]
    [InlineData("en", "Test. There is nothing to answer.")]
    public async Task A_test_is_one_approved_text_by_the_route_of_the_country(string language, string text)
    {
        await using var texting = await Texting.With();
        texting.Language = language;
        Assert.IsType<DeliveryResult.Sent>(await Test(texting, "t1"));
        Assert.Equal(text, Assert.Single(texting.First.All).Fields["text"]);
        Assert.Empty(texting.Second.All);
        Assert.Equal(("test:t1", null), (Assert.Single(texting.Subjects).Key, texting.Subjects[0].OfferId));
    }

    [Fact]
    public async Task It_is_tried_once_and_says_why_it_could_not_leave()
    {
        await using var texting = await Texting.With();
        texting.First.Answers = texting.Second.Answers = Loopback.Says(503, "");
        Assert.Equal(new DeliveryResult.Later(TimeSpan.FromSeconds(1), "serverError"), await Test(texting, "t1"));
        Assert.Equal((1, 1), (texting.First.All.Count, texting.Second.All.Count));
    }

    [Fact]
    public async Task An_emergency_waits_behind_no_test()
    {
        await using var texting = await Texting.With();
        texting.First.Answers = Loopback.Hangs;
        var tests = Enumerable.Range(0, 40).Select(n => Test(texting, $"t{n}")).ToArray();
        for (var i = 0; i < GatewayLimits.AtOnce / 2; i++) await texting.First.Came();
        var emergency = texting.Send(Texting.Offer());
        await texting.First.Came();
        Assert.StartsWith("Message 42", texting.First.All[GatewayLimits.AtOnce / 2].Fields["text"], StringComparison.Ordinal);
        texting.Clock.Advance(GatewayLimits.SendWithin);
        await Task.WhenAll([.. tests, emergency]);
    }

    private static async Task<DeliveryResult> Test(Texting texting, string testId) =>
        await texting.Channel.Test(Texting.Person, (await texting.Of(Texting.Person, ChannelKind.Sms, CancellationToken.None))[0], testId, CancellationToken.None).WaitAsync(Texting.Patience);
}
