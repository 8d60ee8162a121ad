using System.Collections.Immutable;
using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Sealing;
using Dispatch.LocalEngine;

namespace Dispatch.Channels.Tests.Devices;

public sealed class DeviceLedgerTests
{
    private readonly DeviceLedger _ledger = new(new ManualClock(default));

    [Fact]
    public void A_book_of_repeats_is_bounded_and_forgets_the_oldest()
    {
        var tried = ImmutableDictionary<string, Tried>.Empty.Add("one", new Tried(new DeliveryResult.Sent(), default));
        for (var n = 0; n <= DeviceLedger.MaxNotices; n++) _ledger.Keep($"n{n}", tried);
        Assert.Empty(_ledger.Of("n0"));
        Assert.Single(_ledger.Of("n1"));
        _ledger.Close("n1");
        Assert.Empty(_ledger.Of("n1"));
    }

    [Fact]
    public async Task One_address_that_was_registered_twice_rings_once()
    {
        var device = new Device("a", ChannelKind.Fcm, new Sealed<DeviceAddress>("box"), default);
        ImmutableArray<ReachableDevice> hers = [new(device, new DeviceAddress(Token: "t")), new(device with { Id = "b" }, new DeviceAddress(Token: "t"))];
        var result = await _ledger.Send("n", hers, d => d.Address.Token!, due => Task.FromResult<ImmutableArray<DeliveryResult>>([.. due.Select(d => new DeliveryResult.Sent(d.Device.Id))]));
        Assert.Equal(new DeliveryResult.Sent("a"), result);
    }
}
