using System.Globalization;
using System.Text.RegularExpressions;
using Dispatch.Moving;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Web.Tests.Leaks;

/// <summary>
/// A house's address is set, given, looked at, taken back and set anew while people are asked, reached and helped, and everything is asked for that can be asked for. Then
/// every byte that left the process, the disk and the log are searched for it.
/// </summary>
public sealed class LeakTests : IAsyncLifetime
{
    private const string House = "home-3";
    private static readonly string[] Everybody = ["nurse1", "nurse2", "taker", "boss", "planner", "admin", "keeper", "warden"];

    private readonly LeakHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_address_is_in_nothing_that_leaves_the_process_but_in_the_one_answer_to_its_driver()
    {
        var told = await ItsStory();

        Assert.Equal(Secret.First.Text, told.Text("text"));
        var search = await _host.Search(Secret.First, Secret.Second);
        Assert.Empty(search.Found);

        await _host.Stop();
        var export = Path.Combine(_host.Store, "export.jsonl");
        Assert.Equal(0, await MoveCommand.Run(["export", "--from", _host.Store, "--to", export]));
        Assert.True(new FileInfo(export).Length > 10_000, "the export is too small to hold everything");
        var after = await _host.Search(Secret.First, Secret.Second);
        Assert.Empty(after.Found);
        Assert.True(after.Searched > 1_000_000, $"only {after.Searched} bytes were searched");
        await _host.Start();
    }

    [Fact]
    public async Task An_address_in_a_line_of_the_log_is_found()
    {
        _host.App.Services.GetRequiredService<ILogger<LeakTests>>().LogDebug("Set up {House} at {Address}", House, Secret.First.Text);
        Assert.Contains((await _host.Search(Secret.First)).Found, f => f.Contains("the log", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Coordinates_in_a_line_of_the_log_are_found_also_with_fewer_figures()
    {
        _host.App.Services.GetRequiredService<ILogger<LeakTests>>().LogDebug("Near {Latitude:F2}", Secret.First.Latitude);
        Assert.Contains((await _host.Search(Secret.First)).Found, f => f.Contains("the log", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Go to {0}")]
    [InlineData("{1}")]
    public async Task An_address_in_an_answer_is_found(string says)
    {
        _host.Planted = string.Format(CultureInfo.InvariantCulture, says, Secret.First.Text, Math.Round(Secret.First.Longitude, 3));
        (await new Caller(_host.Front).Get("/planted")).Is(200);
        Assert.Contains((await _host.Search(Secret.First)).Found, f => f.Contains("connection", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_on_the_disk_is_found()
    {
        await File.WriteAllTextAsync(Path.Combine(_host.Store, "beside.txt"), Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("at " + Secret.First.Text)));
        Assert.Contains((await _host.Search(Secret.First)).Found, f => f.Contains("beside.txt", StringComparison.Ordinal));
    }

    /// <returns>The one answer that may say it, which went past the tap.</returns>
    private async Task<Answer> ItsStory()
    {
        var (driver, other) = (await _host.OnCall("nurse1", "+22370000001"), await _host.OnCall("nurse2", "+22370000002"));
        var (warden, keeper, taker) = (await _host.In("warden"), await _host.In("keeper"), await _host.In("taker"));
        await using var board = await LivePage.Open(_host.Front, warden.Token!);
        await using var console = await LivePage.Open(_host.Front, taker.Token!);
        await using var pocket = await LivePage.Open(_host.Front, driver.Token!);
        await Count(warden, 6);
        await WrongWays(warden, keeper, taker);
        (await warden.Put($"/api/v1/shelters/{House}/address", Of(Secret.First))).Is(204);

        var phone = await new Caller(_host.Front).Raised(new { needs = new[] { "health" } });
        var offer = await Eventually.Offer(driver, phone.Id);
        await Eventually.Get(() => Task.FromResult(_host.WasPushed("nurse1") && _host.Texts.Count > 0), told => told);
        (await driver.Post($"/api/v1/offers/{offer}/accept", new { etaMinutes = 10 })).Is(200);
        (await driver.Post($"/api/v1/assignments/{offer}/progress", new { state = "noConflict" })).Is(200);
        (await taker.Post($"/api/v1/alerts/{phone.Id}/notes", new { text = "she is on her way" })).Is(204);

        var hold = (await taker.Post($"/api/v1/alerts/{phone.Id}/holds", new { shelterId = House }, Key())).Is(201).Text("holdId");
        (await warden.Post($"/api/v1/holds/{hold}/confirm", new { yes = true })).Is(200);
        var release = (await warden.Post($"/api/v1/shelters/{House}/address-releases", new { holdId = hold, driver = "nurse1", reason = "cannotWalk" }, Key())).Is(201).Text("releaseId");
        var look = $"/api/v1/shelters/{House}/address-releases/{release}/look";
        (await other.Post(look)).Is(403, "not_released");
        (await warden.Post(look)).Is(403);
        var told = (await _host.Anybody().With(driver.Token!).Post(look)).Is(200);
        await AskForEverything(phone, hold, offer, release);

        (await warden.Delete($"/api/v1/shelters/{House}/address-releases/{release}")).Is(200);
        (await driver.Post(look)).Is(403, "not_released");
        (await warden.Put($"/api/v1/shelters/{House}/address", Of(Secret.Second))).Is(204);
        (await warden.Post($"/api/v1/holds/{hold}/arrive")).Is(200);
        (await driver.Post($"/api/v1/assignments/{offer}/progress", new { state = "arrived" })).Is(200);
        (await driver.Post($"/api/v1/assignments/{offer}/progress", new { state = "done" })).Is(200);
        await Eventually.Get(() => phone.Look(), a => a.Is(200).Text("status") == "ended");
        (await warden.Post($"/api/v1/holds/{hold}/leave")).Is(200);
        await AskForEverything(phone, hold, offer, release);
        return told;
    }

    /// <summary>Bodies that are refused, for each reason there is: an answer that repeats what it refuses, or a log that does, gives it away.</summary>
    private static async Task WrongWays(Caller warden, Caller keeper, Caller taker)
    {
        var path = $"/api/v1/shelters/{House}/address";
        var text = Secret.Second.Text;
        (await keeper.Put(path, Of(Secret.Second))).Is(404, "not_found");
        (await taker.Put(path, Of(Secret.Second))).Is(403, "not_allowed");
        Refused(await warden.Put(path, new { text, latitude = 999.0, longitude = Secret.Second.Longitude }));
        Refused(await warden.Put(path, new { text = string.Concat(Enumerable.Repeat(text, 200)) }));
        Refused(await warden.Put(path, new { text = new[] { text } }));
        Refused(await warden.Put(path, new Dictionary<string, string> { [text] = text }));
        Refused(await warden.Put(path, $$"""{"text": "{{text}}", "latitude": "{{text}}"}"""));
        Refused(await warden.Put(path, $$"""{"text": "{{text}}" {{text}}"""));
        Refused(await warden.Put(path, text));
    }

    private static void Refused(Answer answer) => Assert.InRange(answer.Status, 400, 499);

    /// <summary>Every address that answers to GET, as everybody: pages, lists, exports, the API's own document.</summary>
    private async Task AskForEverything(Phone phone, string hold, string offer, string release)
    {
        var patterns = _host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().ToArray();
        Assert.True(patterns.Length > 20, $"only {patterns.Length} addresses answer to GET");
        var callers = await Task.WhenAll(Everybody.Select(_host.In));
        var answered = 0;
        foreach (var pattern in patterns)
        {
            var path = Filled(pattern, ("alerts/{id}", $"alerts/{phone.Id}"), ("shelters/{id}", $"shelters/{House}"), ("{area}", Uri.EscapeDataString(Programme.Area)), ("{line}", "one"), ("{holdId}", hold), ("{offerId}", offer), ("{releaseId}", release));
            foreach (var caller in callers.Append(phone.Caller).Append(new Caller(_host.Front))) answered += (await caller.Get(path)).Status is 200 ? 1 : 0;
        }

        Assert.True(answered > 50, $"only {answered} of everything answered");
    }

    /// <summary>What is named nowhere here is some id that exists.</summary>
    private static string Filled(string pattern, (string Alert, string Id) alert, params (string Name, string Value)[] more)
    {
        var path = more.Aggregate(pattern.Replace(alert.Alert, alert.Id, StringComparison.Ordinal), (filled, part) => filled.Replace(part.Name, part.Value, StringComparison.Ordinal));
        return Regex.Replace(path, @"\{[^}]+\}", alert.Id["alerts/".Length..]);
    }

    private static object Of(Secret secret) => new { text = secret.Text, latitude = secret.Latitude, longitude = secret.Longitude };

    private static (string, string) Key() => ("Idempotency-Key", Guid.NewGuid().ToString("D"));

    private static async Task Count(Caller warden, int beds)
    {
        var version = (await warden.Get($"/api/v1/shelters/{House}/beds")).Is(200).Json.GetProperty("version").GetInt64();
        (await warden.Put($"/api/v1/shelters/{House}/beds", new { version, beds = new[] { new { kind = "bed", capacity = beds, occupied = 0, outOfService = 0 } } })).Is(200);
    }
}
