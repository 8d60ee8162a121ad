using System.Globalization;
using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Responders;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests;

/// <summary>What channels are told of devices, and what they tell back.</summary>
public sealed class DeadDeviceTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_channel_is_given_the_devices_of_its_kind_opened_and_none_that_was_removed()
    {
        var (nurse, account) = await Nurse("nurse0");
        await Put(nurse, "one", "first");
        await Put(nurse, "two", "second");
        (await nurse.Put("/api/v1/me/devices/sim", new { kind = "sms", number = "+223 70 12 34 56" })).Is(200);
        Assert.Equal(["first", "second"], (await Of(account)).Select(d => d.Address.Token));
        (await nurse.Send(HttpMethod.Delete, "/api/v1/me/devices/one", null)).Is(204);
        Assert.Equal(["second"], (await Of(account)).Select(d => d.Address.Token));
    }

    [Fact]
    public async Task A_device_reported_dead_is_forgotten_once_and_one_registered_anew_stays()
    {
        var (nurse, account) = await Nurse("nurse1");
        await Put(nurse, "dead", "a");
        await Put(nurse, "anew", "b");
        var before = await Of(account);
        await Put(nurse, "anew", "c");

        foreach (var device in before.Concat(before).OrderByDescending(d => d.Device.Id)) Book.Dead(account, device.Device);

        // In the order of the reports: once the last one is gone, all were looked at.
        var left = await Eventually.Get(() => Of(account), devices => devices.All(d => d.Device.Id != "dead"));
        Assert.Equal("c", Assert.Single(left).Address.Token);
        var retired = (await Audit()).Where(row => row.Action == "device.retire" && row.Detail == account);
        Assert.Equal(("channel", "dead"), Assert.Single(retired.Select(row => (row.By, row.Subject))));
    }

    /// <summary>Her book decides, whatever the reporter saw a moment before.</summary>
    [Fact]
    public async Task Her_book_keeps_a_device_that_was_registered_anew_since()
    {
        var (nurse, account) = await Nurse("nurse2");
        await Put(nurse, "app", "old");
        var old = Assert.Single(await Of(account)).Device;
        await Put(nurse, "app", "new");
        var person = host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IResponderGrain>(account);
        await person.RetireDevice(old);
        await person.RetireDevice(Assert.Single(await Of(account)).Device with { Id = "another" });
        var kept = Assert.Single(await Of(account));
        Assert.Equal("new", kept.Address.Token);
        for (var i = 0; i < 2; i++) await person.RetireDevice(kept.Device);
        Assert.Empty(await Of(account));
    }

    /// <summary>The bound holds while the store does not answer: who reports never waits.</summary>
    [Fact]
    public void A_report_never_waits_nor_throws()
    {
        var device = new Device("d", ChannelKind.Fcm, new Domain.Sealing.Sealed<DeviceAddress>("box"), default);
        var dead = new Staff.DeadDevices(null!, null!, null!, null!, Microsoft.Extensions.Logging.Abstractions.NullLogger<Staff.DeadDevices>.Instance);
        for (var n = 0; n <= Staff.DeadDevices.MaxWaiting; n++) dead.Report("a", device);
    }

    private IDeviceAddresses Book => host.App.Services.GetRequiredService<IDeviceAddresses>();

    private async Task<IReadOnlyList<ReachableDevice>> Of(string account) => await Book.Of(account, ChannelKind.Fcm, CancellationToken.None);

    private async Task<(Caller Nurse, string Account)> Nurse(string user)
    {
        var nurse = await host.SignIn(user);
        return (nurse, (await nurse.Get("/api/v1/me")).Is(200).Text("accountId"));
    }

    private static async Task Put(Caller nurse, string id, string token) => (await nurse.Put($"/api/v1/me/devices/{id}", new { kind = "fcm", token })).Is(200);

    private async Task<IEnumerable<AuditRow>> Audit() =>
        await host.App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{host.Clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
}
