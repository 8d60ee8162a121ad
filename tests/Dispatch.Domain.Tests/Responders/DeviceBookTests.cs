using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Responders;

public sealed class DeviceBookTests
{
    [Fact]
    public void Registering_a_device_again_replaces_it()
    {
        var book = new DeviceBook().With(Phone("a", "old")).With(Phone("b", "b")).With(Phone("a", "new"));
        Assert.Equal(["b", "new"], book.Devices.Select(d => d.Address.Box));
    }

    [Fact]
    public void The_oldest_device_goes_when_there_are_more_than_anybody_carries()
    {
        var book = Enumerable.Range(0, DeviceBook.Max + 1).Aggregate(new DeviceBook(), (b, i) => b.With(Phone($"d{i}", "x")));
        Assert.Equal(DeviceBook.Max, book.Devices.Length);
        Assert.Equal("d1", book.Devices[0].Id);
    }

    [Fact]
    public void A_device_signed_off_is_gone_and_an_unknown_one_changes_nothing()
    {
        var book = new DeviceBook().With(Phone("a", "x")).With(Phone("b", "y"));
        Assert.Equal("b", Assert.Single(book.Without("a").Devices).Id);
        Assert.Equal(2, book.Without("c").Devices.Length);
    }

    [Fact]
    public void A_dead_device_goes_and_one_that_was_registered_anew_stays()
    {
        var book = new DeviceBook().With(Phone("a", "x")).With(Phone("b", "y"));
        Assert.Equal("b", Assert.Single(book.Retire(Phone("a", "x")).Devices).Id);
        Assert.Same(book, book.Retire(Phone("a", "before")));
        Assert.Same(book, book.Retire(Phone("c", "x")));
    }

    private static Device Phone(string id, string box) => new(id, ChannelKind.Sms, Box<DeviceAddress>(box), Night);
}
