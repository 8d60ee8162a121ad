using System.Globalization;
using Dispatch.Channels.Tests.Sms;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Partners;
using Dispatch.Web.Tests.Harness;
using Dispatch.Web.Tests.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Web.Tests.Partners;

/// <summary>The real host with a partner's far end on loopback, and everything that it logs.</summary>
public sealed class PartnerHost : RunningHost
{
    private (Uri At, Caller Caller)? _admin;

    internal Loopback Far { get; private set; } = null!;

    internal KeptLog Log { get; } = new();

    /// <summary>Signed in once a start: every test makes partners, and nobody may sign in that often.</summary>
    internal async Task<Caller> Admin()
    {
        if (_admin?.At != Address) _admin = (Address, await SignIn("admin"));
        return _admin.Value.Caller;
    }

    public override async Task InitializeAsync()
    {
        Far = await Loopback.Start();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Far.DisposeAsync();
    }

    /// <summary>A new partner and its first key.</summary>
    internal async Task<Made> Partner(string[]? scopes = null, int perHour = 1000, bool webhook = false)
    {
        var admin = await Admin();
        var made = (await admin.Post("/api/v1/partners", new { title = "An app", perHour, scopes = scopes ?? ["raise", "status"] })).Is(201);
        var secret = webhook ? (await admin.Put($"/api/v1/partners/{made.Text("partnerId")}/webhook", new { url = $"{Far.Address}{made.Text("partnerId")}" })).Is(200).Text("secret") : null;
        return new Made(made.Text("partnerId"), made.Text("keyId"), Anybody().With(made.Text("key")), secret);
    }

    /// <summary>Looks now at what is due, as the sweep does each second.</summary>
    internal Task Sweep() => App.Services.GetRequiredService<PartnerFollowing>().Sweep();

    internal async Task<IReadOnlyList<AuditRow>> Audit() =>
        await App.Services.GetRequiredService<IRows>().All<AuditRow>(Tables.Audit, $"TT/{Clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Partners:Loopback"] = "true", ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft"] = "Trace" });
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
    }
}

internal sealed record Made(string Id, string Key, Caller Caller, string? Secret)
{
    public string Text => Caller.Token!;

    public Task<Answer> Raise(object body, Guid? key = null) => Caller.Post("/api/v1/partner/alerts", body, ("Idempotency-Key", (key ?? Guid.NewGuid()).ToString("D")));

    public Task<Answer> Look(string id) => Caller.Get($"/api/v1/partner/alerts/{id}");
}
