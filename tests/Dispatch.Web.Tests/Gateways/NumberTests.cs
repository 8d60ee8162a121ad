using Dispatch.Domain.Numbers;
using Dispatch.Grains.Rows;
using Dispatch.Web.Gateways;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>A number as somebody registers it.</summary>
public sealed class NumberTests(TextingHost host) : IClassFixture<TextingHost>
{
    [Theory]
    [InlineData("70 12 34 56")]
    [InlineData("+33 6 12 34 56 78")]
    [InlineData("+223 70")]
    [InlineData("nonsense")]
    public async Task What_is_no_number_of_ours_is_refused(string number) => (await Put(await host.SignIn("nurse0"), "sim", number)).Is(422, "invalid_number");

    [Fact]
    public async Task It_is_understood_masked_and_said_whether_anything_reaches_it()
    {
        var answer = (await Put(await host.SignIn("nurse1"), "sim", "00229 97 12 34 56")).Is(200);
        Assert.Equal(("•• •• •• 34 56", "ready"), (answer.Text("number"), answer.Text("channel")));
    }

    [Fact]
    public async Task It_is_found_by_fingerprint_as_long_as_a_device_has_it()
    {
        var nurse = await host.SignIn("nurse2");
        await Put(nurse, "one", "+22370300002");
        await Put(nurse, "two", "+223 70 30 00 02");
        Assert.Equal(1, await Rows("+22370300002"));
        (await nurse.Delete("/api/v1/me/devices/one")).Is(204);
        Assert.Equal(1, await Rows("+22370300002"));
        await Put(nurse, "two", "+22370300003");
        Assert.Equal((0, 1), (await Rows("+22370300002"), await Rows("+22370300003")));
        (await nurse.Delete("/api/v1/me/devices/two")).Is(204);
        Assert.Equal(0, await Rows("+22370300003"));
    }

    /// <summary>A crash between the two writes leaves a row without a device: it names nobody.</summary>
    [Fact]
    public async Task A_row_alone_opens_nothing()
    {
        var nurse = await host.SignIn("nurse3");
        await Put(nurse, "sim", "+22370300005");
        var index = host.App.Services.GetRequiredService<NumberIndex>();
        await index.Add((await nurse.Get("/api/v1/me")).Is(200).Text("accountId"), Number("+22370300004"));
        Assert.Equal(1, await Rows("+22370300004"));
        Assert.Empty(await index.Owners(Number("+22370300004")));
    }

    private async Task<int> Rows(string number)
    {
        var services = host.App.Services;
        return (await services.GetRequiredService<IRows>().List<NumberRow>(Tables.Numbers, services.GetRequiredService<Macs>().Number(Number(number)), null, 10)).Count;
    }

    private static PhoneNumber Number(string text) => PhoneNumber.TryParse(text, out var number) ? number : throw new ArgumentException(text);

    private static Task<Answer> Put(Caller nurse, string id, string number) => nurse.Put($"/api/v1/me/devices/{id}", new { kind = "sms", number });
}
