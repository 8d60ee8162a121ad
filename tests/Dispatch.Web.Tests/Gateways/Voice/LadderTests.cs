using System.Text.Json;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Gateways.Voice;

/// <summary>The whole ladder through the running host: an open page says nothing, then a text goes unanswered, then the phone rings, and one key decides it for everybody.</summary>
public sealed class LadderTests(LadderTests.Host host) : IClassFixture<LadderTests.Host>
{
    private const string Number = "+22370900000";

    [Fact]
    public async Task Whom_neither_a_page_nor_a_text_wakes_is_rung_and_her_key_stands_the_others_down()
    {
        var (nurse, other) = (await CalledNurse.OnDuty(host, "nurse0", Number), await host.OnDuty("nurse1"));
        (await nurse.Caller.Put("/api/v1/me/devices/sim", new { kind = "sms", number = Number })).Is(200);
        await using var page = await LivePage.Open(host, nurse.Caller.Token!);
        await using var theirs = await LivePage.Open(host, other.Token!);
        var phone = await host.Raised();
        var offer = await Eventually.Offer(nurse.Caller, phone.Id);
        var hers = await Eventually.Offer(other, phone.Id);
        await page.Next("offer");
        (await other.Post($"/api/v1/offers/{hers}/receipt", new { state = "seen" })).Is(204);

        host.Clock.Advance(TimeSpan.FromSeconds(9));
        await Eventually.Get(() => Task.FromResult(host.Texts), texts => texts == 1);
        Assert.Empty(host.Calls(Number));

        host.Clock.Advance(TimeSpan.FromSeconds(12));
        await nurse.IsRung(phone.Id);
        Assert.Equal("voice.offer", (await host.BridgeSays(Number, "answered")).Is(200).Text("words"));
        Assert.Equal("voice.accepted", (await host.BridgeSays(Number, "key&digits=1")).Is(200).Text("words"));

        Assert.Equal("accepted", (await phone.Look()).Is(200).Text("status"));
        Assert.True((await nurse.Assignment(offer))!.Value.GetProperty("provisional").GetBoolean());
        Assert.Equal(hers, (await theirs.Next("offerWithdrawn"))[0].GetString());
        Assert.Equal("""{"offers":[]}""", (await other.Get("/api/v1/me/offers")).Is(200).Body);
        (await nurse.Caller.Post($"/api/v1/assignments/{offer}/progress", new { state = "confirmed" })).Is(200);
        Assert.Single(host.Calls(Number));
        Assert.Equal(1, host.Texts);
    }

    public sealed class Host : CallingHost
    {
        public int Texts => Far.All.Count(a => a.Path == "/kannel" && JsonSerializer.Serialize(a.Fields).Contains(Number[1..], StringComparison.Ordinal));

        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Tenant:TextAfterSeconds"] = "8", ["Tenant:CallAfterSeconds"] = "20",
                ["Sms:PublicUrl"] = TwilioCaller.PublicUrl,
                ["Sms:Gateways:kannel:Kind"] = "Kannel", ["Sms:Gateways:kannel:Url"] = $"{Far.Address}kannel", ["Sms:Gateways:kannel:User"] = "u", ["Sms:Gateways:kannel:Password"] = "p", ["Sms:Gateways:kannel:Secret"] = Secret,
                ["Sms:Routes:223"] = "kannel",
            });
        }

        protected override Task AnswerOther(HttpContext http) => http.Request.Path == "/kannel" ? Loopback.Says(202, "0: Accepted for delivery")(http) : base.AnswerOther(http);
    }
}
