using System.Collections.Immutable;
using Dispatch.Channels.Gateways;
using Dispatch.Channels.Sms;
using Dispatch.Domain.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Channels.Tests.Sms;

/// <summary>A number retires itself only where every gateway asked says that it is wrong.</summary>
public sealed class WrongNumberTests
{
    [Theory]
    [InlineData("wrong", "wrong", "never invalidNumber", true)]
    [InlineData("wrong", "taken", "sent", false)]
    [InlineData("wrong", "refused", "never refused", false)]
    [InlineData("wrong", "later", "later", false)]
    [InlineData("refused", "wrong", "never refused", false)]
    public async Task One_gateways_word_against_the_others(string first, string second, string means, bool retired)
    {
        await using var texting = await Texting.With();
        ImmutableArray<GuardedGateway<SmsMessage>> route = [.. new[] { first, second }.Select((answer, n) => new GuardedGateway<SmsMessage>(new Says($"g{n}", answer), texting.Clock, texting))];
        var channel = new SmsChannel(new GatewayRoutes<SmsMessage>(new Dictionary<string, ImmutableArray<GuardedGateway<SmsMessage>>> { ["223"] = route }, texting.Clock), texting, texting, texting.Clock, NullLogger<SmsChannel>.Instance);
        var result = await channel.Send(Texting.Offer(), CancellationToken.None);
        Assert.Equal(means, result switch { DeliveryResult.Never never => $"never {never.Why}", DeliveryResult.Sent => "sent", _ => "later" });
        Assert.Equal(retired ? [$"sim-{Texting.Number}"] : [], texting.Retired);
    }

    private sealed class Says(string name, string answer) : ISmsGateway
    {
        public string Name => name;

        public Task<GatewayOutcome> Send(SmsMessage sms, CancellationToken deadline) => Task.FromResult<GatewayOutcome>(answer switch
        {
            "wrong" => new GatewayOutcome.WrongNumber("invalidNumber"),
            "taken" => new GatewayOutcome.Accepted(),
            "refused" => new GatewayOutcome.Refused("refused"),
            _ => new GatewayOutcome.Later(TimeSpan.FromSeconds(1), "timeout"),
        });
    }
}
