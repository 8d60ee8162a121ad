using System.Text.Json;
using Dispatch.TestPrograms;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>The running host and a real gateway program: an offer goes out, the network says that it arrived, an acceptance comes back.</summary>
public sealed class KannelStoryTests(KannelStoryTests.Host host) : IClassFixture<KannelStoryTests.Host>
{
    private const string Number = "+22370400000";

    [Fact]
    public async Task An_offer_out_and_an_acceptance_back()
    {
        var (nurse, other) = (await host.OnDuty("nurse0"), await host.OnDuty("nurse1"));
        (await nurse.Put("/api/v1/me/devices/sim", new { kind = "sms", number = Number })).Is(200);
        var phone = await host.Anybody().Raised(new { needs = new[] { "health" } });
        var offer = await Eventually.Offer(nurse, phone.Id);
        await Eventually.Offer(other, phone.Id);
        var code = (await nurse.Get("/api/v1/me/offers")).Json.GetProperty("offers")[0].GetProperty("replyCode").GetString();

        Assert.Equal($"100 {Number} text Message {code}. Répondez OUI {code} ou NON {code}.", await host.Kannel.Next());
        await Eventually.Get(() => Offer(offer), o => o.TryGetProperty("deliveredAt", out _));

        await host.Kannel.Sends(Number, $"Oui {code}");

        Assert.Equal($"100 {Number} text {code}: c'est noté, merci. Ouvrez l'application pour la suite.", await host.Kannel.Next());
        Assert.True((await Offer(offer)).GetProperty("provisional").GetBoolean());
        Assert.Equal("""{"offers":[]}""", (await other.Get("/api/v1/me/offers")).Is(200).Body);
    }

    private async Task<JsonElement> Offer(string offer)
    {
        var alert = (await host.Taker.Get($"/api/v1/alerts/{offer[..offer.LastIndexOf('.')]}")).Is(200).Json;
        return alert.GetProperty("offers").EnumerateArray().Single(o => o.GetProperty("offerId").GetString() == offer);
    }

    public sealed class Host : RunningHost
    {
        private const string Secret = "a-secret-for-tests";
        private readonly Uri _address = new($"http://127.0.0.1:{Ports.Free()}");

        internal RunningKannel Kannel { get; private set; } = null!;

        internal Caller Taker { get; private set; } = null!;

        public override async Task InitializeAsync()
        {
            Kannel = await RunningKannel.Start(_address, Secret);
            await base.InitializeAsync();
            Taker = await SignIn("taker");
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            await Kannel.DisposeAsync();
        }

        protected override void Configure(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = _address.ToString(),
            ["Sms:PublicUrl"] = _address.ToString(),
            ["Sms:Gateways:kannel:Kind"] = "Kannel", ["Sms:Gateways:kannel:Url"] = Kannel.SendUrl.ToString(),
            ["Sms:Gateways:kannel:User"] = RunningKannel.User, ["Sms:Gateways:kannel:Password"] = RunningKannel.Password, ["Sms:Gateways:kannel:Secret"] = Secret,
            ["Sms:Routes:223"] = "kannel",
        });
    }
}
