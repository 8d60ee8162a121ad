using Dispatch.Channels.Fcm;
using Dispatch.Channels.Tests.Fcm;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Push;

/// <summary>The real host on the cluster engine, with Google on loopback: from a raised alert to a ringing app, and a dead one forgotten.</summary>
public sealed class FcmStoryTests : IClassFixture<FcmStoryTests.Host>
{
    private readonly Host _host;

    public FcmStoryTests(Host host) => _host = host;

    [Fact]
    public async Task An_offer_rings_the_app_of_who_is_asked_and_a_dead_one_is_forgotten_at_once()
    {
        var nurse = await _host.OnDuty("nurse0");
        Assert.Equal("ready", (await nurse.Put("/api/v1/me/devices/pocket", new { kind = "fcm", token = "well" })).Is(200).Text("channel"));
        (await nurse.Put("/api/v1/me/devices/drawer", new { kind = "fcm", token = "gone" })).Is(200);
        _host.Google.Answer("gone", 404, "NOT_FOUND", "UNREGISTERED");

        var phone = await _host.Anybody().Raised(new { needs = new[] { "health" } });

        var offer = await Eventually.Offer(nurse, phone.Id);
        await _host.Google.IsAsked("well").WaitAsync(TimeSpan.FromSeconds(30));
        var message = _host.Google.Bodies.First(b => (string)b["message"]!["token"]! == "well")["message"]!;
        Assert.Equal(("new", offer), ((string)message["data"]!["kind"]!, (string)message["data"]!["ref"]!));
        await Eventually.Get(Apps, apps => apps == 1);

        (await nurse.Post($"/api/v1/offers/{offer}/accept")).Is(200);
        await Eventually.Get(() => Task.FromResult(_host.Google.Bodies.Any(b => (string?)b["message"]!["data"]!["kind"] == "changed")), isTold => isTold);
        Assert.Equal(1, _host.Google.Asked("gone"));

        async Task<int> Apps()
        {
            var me = (await nurse.Get("/api/v1/me")).Is(200).Text("accountId");
            var devices = _host.App.Services.GetRequiredService<Channels.Devices.IDeviceAddresses>();
            return (await devices.Of(me, Domain.Channels.ChannelKind.Fcm, CancellationToken.None)).Length;
        }
    }

    public sealed class Host : RunningHost
    {
        private readonly string _key = Path.GetTempFileName();

        internal FcmEndpoint Google { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            Google = await FcmEndpoint.Start();
            await File.WriteAllTextAsync(_key, Google.Key.Json());
            await base.InitializeAsync();
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            await Google.DisposeAsync();
            File.Delete(_key);
        }

        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Configuration["Fcm:ServiceAccountFile"] = _key;
            builder.Services.AddSingleton(_ => new FcmAccount(Google.Key.Open(), FcmEndpoint.Project, () => new Detour(Google.Address, () => { })));
        }
    }
}
