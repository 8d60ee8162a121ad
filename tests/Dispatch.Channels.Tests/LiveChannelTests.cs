using Dispatch.Channels.Live;
using Dispatch.Channels.Recording;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Tests;

public sealed class LiveChannelTests
{
    private static readonly Notice Notice = new("n", NoticeKind.AlertChanged, "anna", "a", 1);

    [Theory]
    [InlineData(LiveReach.Handed, typeof(DeliveryResult.Sent))]
    [InlineData(LiveReach.NotConnected, typeof(DeliveryResult.Never))]
    [InlineData(LiveReach.Stalled, typeof(DeliveryResult.Later))]
    public async Task What_became_of_it_is_said_in_the_channels_words(LiveReach reach, Type result) =>
        Assert.IsType(result, await new LiveChannel(new Relay(reach)).Send(Notice, default));

    [Fact]
    public async Task Recording_remembers_what_would_have_left_up_to_its_bound()
    {
        var channel = new RecordingChannel(ChannelKind.Sms);
        for (var n = 0; n <= RecordingChannel.MaxKept; n++) Assert.IsType<DeliveryResult.Sent>(await channel.Send(Notice with { Version = n }, default));
        Assert.Equal(RecordingChannel.MaxKept, channel.Notices.Count);
        Assert.Equal(1, channel.Notices.First().Version);
    }

    private sealed class Relay(LiveReach reach) : ILiveRelay
    {
        public Task Cut(CutOff cut) => throw new NotSupportedException();

        public Task<bool> Announced() => throw new NotSupportedException();

        public Task<LiveReach> Deliver(Notice notice, CancellationToken deadline) => Task.FromResult(reach);
    }
}
