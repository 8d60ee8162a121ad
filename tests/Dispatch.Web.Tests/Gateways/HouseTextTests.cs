using System.Text.RegularExpressions;
using Dispatch.Channels.Words;
using Dispatch.Domain.Accounts;
using Dispatch.Grains.Rows;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Shelters;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Gateways;

/// <summary>Staff of a house without data: a question by text, a count and an answer in digits.</summary>
public sealed class HouseTextTests(TextingHost host) : IClassFixture<TextingHost>
{
    private const string Wrong = "Veuillez vérifier et renvoyer.";
    private const string Later = "Réessayez plus tard, merci.";

    [Fact]
    public async Task A_question_comes_as_a_code_and_a_yes_in_digits_books()
    {
        var keeper = await Keeper.OnDuty(host, "keeper", "home-1", "+22370000101");
        await keeper.Counts(40, 4);
        var phone = await host.Raised(new { needs = new[] { "shelter" } });
        var (hold, code) = await keeper.IsAsked(phone.Id);
        await keeper.Gets($"Message {code}. Répondez comme convenu.");

        var id = Guid.NewGuid().ToString();
        await keeper.Writes($"4071*{code}*1#", id);
        await keeper.Gets($"{code} 1: c'est noté, merci.");
        Assert.Equal("booked", await keeper.State(hold));
        await Eventually.Get(() => phone.Look(), a => a.Is(200).Text("status") == "accepted");

        // The gateway brings it again, and she takes half of it back, which is done on the page.
        for (var i = 0; i < 3; i++) await keeper.Writes($"4071*{code}*1#", id);
        await keeper.Writes($"4071 {code} 2");
        await keeper.Gets($"{code} 1: veuillez vérifier et renvoyer.");
        Assert.Equal("booked", await keeper.State(hold));
        var me = (await keeper.Caller.Get("/api/v1/me")).Is(200).Text("accountId");
        var acts = (await host.Audit()).Where(row => row.Subject == hold && row.By == me && row.Action is not "hold.read").Select(row => (row.Action, row.Alert, row.Detail));
        Assert.Equal([("hold.no", phone.Id, "sms"), ("hold.yes", phone.Id, "sms")], acts.Order());
        Assert.Single(host.Texts(keeper.Number), $"{code} 1: c'est noté, merci.");
        Assert.Single(host.Texts(keeper.Number), $"Message {code}. Répondez comme convenu.");
        await SaysNothing(keeper);
    }

    [Fact]
    public async Task A_no_in_digits_gives_the_beds_back_and_a_late_yes_does_not_take_them()
    {
        var keeper = await Keeper.OnDuty(host, "keeper", "home-1", "+22370000102");
        await keeper.Counts(40, 4);
        var phone = await host.Raised(new { needs = new[] { "shelter" } });
        var (hold, code) = await keeper.IsAsked(phone.Id);
        await keeper.Writes($"٤٠٧١ {code} ٢");
        await keeper.Gets($"{code} 2: c'est noté, merci.");
        Assert.Null(await keeper.State(hold));
        await keeper.Writes($"4071 {code} 1");
        await keeper.Gets($"{code}: merci, ce n'est plus nécessaire.");
        Assert.Null(await keeper.State(hold));
        await keeper.Writes("4071 099 1");
        await keeper.Gets("99: veuillez vérifier et renvoyer.");
        await SaysNothing(keeper);
    }

    [Fact]
    public async Task She_counts_empty_beds_or_says_that_all_is_as_it_was()
    {
        var keeper = await Keeper.OnDuty(host, "keeper", "home-1", "+22370000103");
        await keeper.Counts(40, 4);
        host.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal("toConfirm", (await keeper.Board()).GetProperty("freshness").GetString());
        var (before, counted) = (await keeper.Empty(), await Counted());

        await keeper.Writes("4071");
        await keeper.Gets($"{before}: c'est noté, merci.");
        Assert.Equal(("fresh", before), ((await keeper.Board()).GetProperty("freshness").GetString(), await keeper.Empty()));
        await keeper.Writes("4071#12#3");
        await keeper.Gets("12 3: c'est noté, merci.");
        Assert.Equal("12 3", await keeper.Empty());
        // A number too many, more cots than there are, half an answer.
        foreach (var (i, unclear) in new[] { "4071 12 3 1", "4071 12 5", "4071 352" }.Index())
        {
            await keeper.Writes(unclear);
            await keeper.Gets("12 3: veuillez vérifier et renvoyer.", times: i + 1);
        }

        Assert.Equal("12 3", await keeper.Empty());
        Assert.Equal(counted + 2, await Counted());
        await SaysNothing(keeper);

        async Task<int> Counted() => (await host.Audit()).Count(row => (row.Action, row.Subject, row.Detail) == ("beds.count", "home-1", "sms"));
    }

    [Fact]
    public async Task A_count_that_leaves_no_room_for_what_is_promised_is_sent_back()
    {
        var keeper = await Keeper.OnDuty(host, "keeper", "home-1", "+22370000104");
        await keeper.Counts(40, 4);
        var phone = await host.Raised(new { needs = new[] { "shelter" } });
        var (hold, _) = await keeper.IsAsked(phone.Id);
        var before = await keeper.Empty();
        await keeper.Writes("4071 0 0");
        await keeper.Gets($"{before}: veuillez vérifier et renvoyer.");
        Assert.Equal((before, "held"), (await keeper.Empty(), await keeper.State(hold)));
    }

    [Fact]
    public async Task Three_wrong_PINs_lock_it_and_then_the_right_one_is_not_looked_at_until_the_lock_ends()
    {
        var keeper = await Keeper.OnDuty(host, "keeper", "home-1", "+22370000105");
        await keeper.Counts(40, 4);
        var phone = await host.Raised(new { needs = new[] { "shelter" } });
        var (hold, code) = await keeper.IsAsked(phone.Id);
        // The second one comes twice and is one try.
        var id = Guid.NewGuid().ToString();
        await keeper.Writes($"4072 {code} 1");
        await keeper.Gets(Wrong);
        for (var i = 0; i < 3; i++) await keeper.Writes($"4073 {code} 1", id);
        await keeper.Gets(Wrong, times: 2);
        await keeper.Writes("4074");
        await keeper.Gets(Later);
        await keeper.Writes($"4071 {code} 1");
        await keeper.Gets(Later, times: 2);
        Assert.Equal("held", await keeper.State(hold));
        // Whoever forges her number has not locked her out of the house's tablet.
        var me = (await keeper.Caller.Get("/api/v1/me")).Is(200).Text("accountId");
        Assert.Equal(StaffPinVerdict.Right, (await host.App.Services.GetRequiredService<PinDesk>().Check(me, "4071")).Verdict);
        var pin = (await keeper.Caller.Get("/api/v1/me/pin")).Is(200).Json;
        Assert.Equal((false, true), (pin.TryGetProperty("lockedUntil", out _), pin.TryGetProperty("textsLockedUntil", out _)));

        host.Clock.Advance(StaffPins.LockedFor);
        await keeper.Writes($"4071 {code} 1");
        await keeper.Gets($"{code} 1: c'est noté, merci.");
        Assert.Equal("booked", await keeper.State(hold));
        Assert.Equal((2, 2), (host.Texts(keeper.Number).Count(t => t == Wrong), host.Texts(keeper.Number).Count(t => t == Later)));
        await SaysNothing(keeper);
    }

    [Fact]
    public async Task A_number_that_is_not_hers_does_nothing_with_her_PIN()
    {
        var keeper = await Keeper.OnDuty(host, "keeper", "home-1", "+22370000106");
        var warden = await Keeper.OnDuty(host, "warden", "home-2", "+22370000107", "9353");
        var nurse = await host.SignIn("nurse20");
        (await nurse.Put("/api/v1/me/devices/sim", new { kind = "sms", number = "+22370000108" })).Is(200);
        await keeper.Counts(40, 4);
        var phone = await host.Raised(new { needs = new[] { "shelter" } });
        var (hold, code) = await keeper.IsAsked(phone.Id);

        (await host.KannelBrings("+22370000199", $"4071 {code} 1")).Is(204);
        (await host.KannelBrings("+22370000108", $"4071 {code} 1")).Is(204);
        await (keeper with { Number = "+22370000108" }).Gets("Répondez OUI ou NON suivi du numéro du message. Pour le reste, ouvrez l'application.");
        await warden.Writes($"4071 {code} 1");
        await warden.Gets(Wrong);
        // Her own PIN opens only her own houses.
        await warden.Writes($"9353 {code} 1");
        await warden.Gets($"{code}: veuillez vérifier et renvoyer.");

        Assert.Equal("held", await keeper.State(hold));
        Assert.Empty(host.Texts("+22370000199"));
        await keeper.Writes($"4071 {code} 2");
        await keeper.Gets($"{code} 2: c'est noté, merci.");
        await warden.OffDuty();
    }

    [Fact]
    public async Task Two_who_share_a_phone_are_told_apart_by_their_PINs_and_neither_pays_for_the_other()
    {
        var keeper = await Keeper.OnDuty(host, "keeper", "home-1", "+22370000109");
        var warden = await Keeper.OnDuty(host, "warden", "home-2", "+22370000109", "9353");
        await keeper.Counts(40, 4);
        await warden.Counts(30, 3);
        foreach (var beds in new[] { 20, 21, 22, 23 }) await warden.Writes($"9353 {beds} 2");
        await warden.Gets("23 2: c'est noté, merci.");
        Assert.Equal("23 2", await warden.Empty());
        await keeper.Writes("4071 14 1");
        await keeper.Gets("14 1: c'est noté, merci.");
        Assert.Equal("14 1", await keeper.Empty());
        await warden.OffDuty();
    }

    [Fact]
    public async Task Who_is_off_duty_is_not_told_and_whoever_comes_on_duty_is_for_as_long_as_it_waits()
    {
        var keeper = await Keeper.OnDuty(host, "keeper", "home-1", "+22370000110");
        await keeper.Counts(40, 4);
        await keeper.OffDuty();
        var (rows, calls) = (host.App.Services.GetRequiredService<IRows>(), host.App.Services.GetRequiredService<HouseCalls>());
        // The test says when it is looked.
        await calls.StopAsync(default);
        try
        {
            var phone = await host.Raised(new { needs = new[] { "shelter" } });
            var (hold, code) = await keeper.IsAsked(phone.Id);
            Task<StoredRow<HouseCall>?> Call() => rows.Read<HouseCall>(Tables.HouseCalls, "home-1", hold);
            await Eventually.Get(Call, row => row is not null);
            await LookLater();
            Assert.Empty(host.Texts(keeper.Number));

            (await keeper.Caller.Put("/api/v1/me/duty", new { onDuty = true })).Is(200);
            for (var i = 0; i < 3; i++) await LookLater();
            Assert.Equal($"Message {code}. Répondez comme convenu.", Assert.Single(host.Texts(keeper.Number)));
            await keeper.Writes($"4071 {code} 2");
            await LookLater();
            Assert.Null(await Call());
        }
        finally
        {
            await calls.StartAsync(default);
        }

        Task LookLater()
        {
            host.Clock.Advance(TimeSpan.FromSeconds(15));
            return calls.Sweep();
        }
    }

    [Fact]
    public async Task A_house_where_somebody_works_whom_she_shut_out_is_not_asked_and_that_one_hears_nothing()
    {
        var keeper = await Keeper.OnDuty(host, "keeper", "home-1", "+22370000111");
        await keeper.Counts(40, 4);
        var taker = await host.SignIn("taker");
        var apart = await host.Raised(new { needs = new[] { "shelter" }, exclusions = new { people = new[] { "keeper" } } });
        var houses = (await Eventually.Get(() => taker.Get($"/api/v1/alerts/{apart.Id}/houses"), a => a.Status is 200)).Json;
        Assert.Contains(("home-1", "excluded"), houses.GetProperty("leftOut").EnumerateArray().Select(h => (h.GetProperty("shelterId").GetString()!, h.GetProperty("reason").GetString()!)));
        Assert.DoesNotContain(apart.Id, (await keeper.Board()).ToString(), StringComparison.Ordinal);
        (await taker.Post($"/api/v1/alerts/{apart.Id}/houses/home-1/said", new { answer = "yes" }, ("Idempotency-Key", Guid.NewGuid().ToString()))).Is(409, "no_bed");

        var phone = await host.Raised(new { needs = new[] { "shelter" } });
        var (hold, code) = await keeper.IsAsked(phone.Id);
        await keeper.Gets($"Message {code}. Répondez comme convenu.");
        (await taker.Post($"/api/v1/alerts/{phone.Id}/staff-additions", new { exclusions = new { people = new[] { "keeper" } } })).Is(200);
        await Eventually.Get(() => keeper.State(hold), state => state is null);
        Assert.DoesNotContain($"Message {code}. Répondez comme convenu.", host.Texts(keeper.Number).Skip(1));
        await keeper.OffDuty();
    }

    /// <summary>Then the house's list of its people is older than the hold.</summary>
    [Fact]
    public async Task Whom_she_shut_out_and_who_works_there_since_is_not_rung_and_reads_no_party()
    {
        var keeper = await Keeper.OnDuty(host, "keeper", "home-1", "+22370000112");
        await keeper.Counts(40, 4);
        var setups = host.App.Services.GetRequiredService<HouseSetups>();
        var house = host.App.Services.GetRequiredService<Tenant>().Settings.Houses.Single(h => h.Id == "home-1");
        await host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IShelterGrain>("home-1").Configure(setups.Of(house) with { Staff = [] });
        // The test says when it is looked.
        var calls = host.App.Services.GetRequiredService<HouseCalls>();
        await calls.StopAsync(default);
        try
        {
            var apart = await host.Raised(new { needs = new[] { "shelter" }, exclusions = new { people = new[] { "keeper" } } });
            var (unheard, _) = await keeper.IsAsked(apart.Id);
            var phone = await host.Raised(new { needs = new[] { "shelter" } });
            var (heard, code) = await keeper.IsAsked(phone.Id);
            var rows = host.App.Services.GetRequiredService<IRows>();
            foreach (var hold in new[] { unheard, heard }) await Eventually.Get(() => rows.Read<HouseCall>(Tables.HouseCalls, "home-1", hold), row => row is not null);
            await calls.Sweep();
            await keeper.Gets($"Message {code}. Répondez comme convenu.");
            for (var i = 0; i < 2; i++)
            {
                host.Clock.Advance(TimeSpan.FromSeconds(15));
                await calls.Sweep();
            }

            Assert.Equal([$"Message {code}. Répondez comme convenu."], host.Texts(keeper.Number));
            var holds = (await keeper.Board()).GetProperty("holds").EnumerateArray().ToDictionary(h => h.GetProperty("holdId").GetString()!.Split('.')[0], h => h.TryGetProperty("party", out _));
            Assert.Equal((false, true), (holds[apart.Id], holds[phone.Id]));

            // Nor where she is met.
            var taker = await host.SignIn("taker");
            foreach (var hold in new[] { unheard, heard })
            {
                (await taker.Post($"/api/v1/holds/{hold}/confirm", new { yes = true })).Is(200);
                (await taker.Put($"/api/v1/holds/{hold}/meeting-point", new { landmark = "by the well" })).Is(200);
            }

            var met = (await keeper.Board()).GetProperty("holds").EnumerateArray().ToDictionary(h => h.GetProperty("holdId").GetString()!.Split('.')[0], h => h.TryGetProperty("meetAt", out _));
            Assert.Equal((false, true), (met[apart.Id], met[phone.Id]));
        }
        finally
        {
            await setups.SetUp(house);
            await calls.StartAsync(default);
        }

        await keeper.OffDuty();
    }

    /// <summary>Whatever she got is one of the approved texts, with nothing but digits put in.</summary>
    private async Task SaysNothing(Keeper keeper)
    {
        var approved = Wordings.Approved.All["fr"].Where(text => text.Key.StartsWith("sms.", StringComparison.Ordinal)).Select(text => new Regex($"^{Regex.Escape(text.Value).Replace(@"\{code}", "[0-9 ]+", StringComparison.Ordinal)}$")).ToArray();
        var texts = host.Texts(keeper.Number);
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.True(approved.Any(words => words.IsMatch(text)), text));
        await keeper.OffDuty();
    }
}
