using System.Security.Cryptography;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.ServiceAreas;
using Dispatch.TestPrograms;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Harness;

/// <summary>The real host on a loopback port, with its own store and keys.</summary>
public class RunningHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-web-").FullName;

    public RunningHost()
        : this(Programme.Settings())
    {
    }

    internal RunningHost(object settings) => Settings = settings;

    /// <summary>What every account is given at first.</summary>
    public const string FirstPassword = "made by somebody else";

    /// <summary>May be changed between a stop and a start.</summary>
    public object Settings { get; set; }
    public ShiftedClock Clock { get; } = new();
    public WebApplication App { get; private set; } = null!;
    public Uri Address { get; private set; } = null!;
    public string Store => Path.Combine(_folder, "data");
    public string Keys => Path.Combine(_folder, "keys");

    public virtual async Task InitializeAsync()
    {
        Directory.CreateDirectory(Keys);
        var key = Path.Combine(Keys, "master.key");
        await File.WriteAllBytesAsync(key, RandomNumberGenerator.GetBytes(32));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Start();
        await EverybodyChoseAPassword();
        await App.Services.GetRequiredService<IGrainFactory>().GetGrain<IServiceAreaGrain>(Programme.Area).SwitchOn();
    }

    public async Task Start()
    {
        string[] args =
        [
            "--environment", "Testing", "--urls", "http://127.0.0.1:0", "--Storage:Path", Store, "--Keys:Path", Keys,
            "--Cluster:Storage", "Local", "--Cluster:SiloPort", $"{Ports.Free()}",
            "--Logging:LogLevel:Default", "Error", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Error",
        ];
        App = DispatchHost.Build(args, builder =>
        {
            builder.Configuration.AddJsonStream(Programme.Json(Settings));
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.AddSingleton<IFirstPasswords>(new OneForAll());
            Configure(builder);
        });
        await App.StartAsync();
        Address = new Uri(App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>More settings and services, for a host that needs them.</summary>
    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    public async Task Stop()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }

    public virtual async Task DisposeAsync()
    {
        await Stop();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A client of nobody: no cookie, no token, no redirect followed.</summary>
    public Caller Anybody() => new(Address);

    public async Task<Caller> SignIn(string user)
    {
        var caller = Anybody();
        var answer = await caller.Post("/api/v1/sign-in", new { userName = user, password = Programme.Password });
        answer.Is(200);
        return caller.With(answer.Text("accessToken"));
    }

    public async Task<Caller> OnDuty(string user)
    {
        var caller = await SignIn(user);
        (await caller.Put("/api/v1/me/duty", new { onDuty = true })).Is(200);
        return caller;
    }

    private Task EverybodyChoseAPassword()
    {
        var (services, hash) = (App.Services, App.Services.GetRequiredService<Passwords>().Hash(Programme.Password));
        var (tenant, macs, grains) = (services.GetRequiredService<Tenant>(), services.GetRequiredService<Macs>(), services.GetRequiredService<IGrainFactory>());
        return Task.WhenAll(tenant.Settings.People.Where(p => p.UserName != Programme.Newcomer)
            .Select(p => grains.GetGrain<IAccountGrain>(macs.AccountId(tenant.Id, p.UserName)).ChangePassword(hash, keepSession: "")));
    }

    private sealed class OneForAll : IFirstPasswords
    {
        public string Make(string userName) => FirstPassword;
    }
}
