using System.Text;
using System.Text.RegularExpressions;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Channels.Tests.WebPush;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Web.Tests.Leaks;

/// <summary>The real host with everything kept that leaves it: to callers, to the text gateway, to browsers' push service, to its log and to its disk.</summary>
public sealed class LeakHost : RunningHost
{
    private readonly List<TestBrowser> _browsers = [];
    private Loopback _texts = null!;
    private PushService _pushes = null!;
    private Tap _tap = null!;

    internal KeptLog Log { get; } = new();

    /// <summary>What everybody talks to.</summary>
    public Uri Front => _tap.Address;

    internal IReadOnlyList<Asked> Texts => _texts.All;

    /// <summary>Answers on <c>/planted</c>, as an endpoint would that says too much.</summary>
    public string? Planted { get; set; }

    public override async Task InitializeAsync()
    {
        _texts = await Loopback.Start();
        _texts.Answers = Loopback.Says(202, "0: Accepted for delivery");
        _pushes = await PushService.Start();
        _tap = Tap.Before(() => Address.Port);
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await _tap.DisposeAsync();
        await base.DisposeAsync();
        await _pushes.DisposeAsync();
        await _texts.DisposeAsync();
    }

    /// <summary>Somebody signed in who talks to the host as everybody does.</summary>
    public async Task<Caller> In(string user)
    {
        var caller = new Caller(Front);
        return caller.With((await caller.Post("/api/v1/sign-in", new { userName = user, password = Programme.Password })).Is(200).Text("accessToken"));
    }

    /// <summary>With a number and a browser, both of which work.</summary>
    internal async Task<Caller> OnCall(string user, string number)
    {
        var caller = await In(user);
        var browser = new TestBrowser(_pushes.Of(user));
        _browsers.Add(browser);
        (await caller.Put("/api/v1/me/devices/sim", new { kind = "sms", number })).Is(200);
        (await caller.Put("/api/v1/me/devices/browser", new { kind = "webPush", endpoint = browser.Endpoint, p256dh = browser.P256dh, auth = browser.Auth })).Is(200);
        (await caller.Put("/api/v1/me/duty", new { onDuty = true })).Is(200);
        return caller;
    }

    internal bool WasPushed(string user) => _pushes.Asked(user) > 0;

    /// <summary>Everything that has left the process until now, and everything that is on its disk.</summary>
    internal async Task<LeakSearch> Search(params Secret[] secrets)
    {
        var search = new LeakSearch(Forms.Of(secrets));
        var connection = 0;
        foreach (var sent in _tap.Sent)
        {
            search.Look($"connection {++connection}", sent);
            search.Look($"connection {connection}, put together", Together(sent));
        }

        search.Look("the log", string.Join('\n', Log.Lines));
        foreach (var text in _texts.All) search.Look("a text", $"{text.Path}{text.Query}\n{text.Body}\n{string.Join('\n', text.Headers)}\n{string.Join('\n', text.Fields)}");
        foreach (var push in _pushes.Taken) search.Look("a push, from outside", [.. Encoding.UTF8.GetBytes(string.Join('\n', push.Headers)), .. push.Body.Bytes]);
        foreach (var browser in _browsers)
        {
            var hers = _pushes.Taken.Where(t => _pushes.Of(t.Browser) == browser.Endpoint).Select(t => t.Body).ToArray();
            if (hers is not []) search.Look("a push, as its browser reads it", string.Join('\n', await Reader.Read(hers, browser)));
        }

        await search.LookInFolder(Store);
        await search.LookInFolder(Keys);
        return search;
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft"] = "Trace",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Trace",
            ["WebPush:Contact"] = "mailto:line@example.org",
            ["WebPush:Loopback"] = "true",
            ["Sms:PublicUrl"] = "https://dispatch.example.org/",
            ["Sms:Gateways:kannel:Kind"] = "Kannel", ["Sms:Gateways:kannel:Url"] = $"{_texts.Address}kannel", ["Sms:Gateways:kannel:User"] = "u", ["Sms:Gateways:kannel:Password"] = "p",
            ["Sms:Gateways:kannel:Secret"] = "a-secret-for-tests",
            ["Sms:Routes:223"] = "kannel",
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
        builder.Services.AddSingleton<IStartupFilter>(new Talkative(this));
    }

    /// <summary>Without the lengths that HTTP writes between the pieces of an answer.</summary>
    private static byte[] Together(byte[] sent) => Encoding.Latin1.GetBytes(Regex.Replace(Encoding.Latin1.GetString(sent), "\r\n[0-9a-f]{1,8}\r\n", ""));

    private sealed class Talkative(LeakHost host) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext http, RequestDelegate then) => http.Request.Path == "/planted" && host.Planted is { } text ? http.Response.WriteAsJsonAsync(new { text }) : then(http));
            next(app);
        };
    }
}
