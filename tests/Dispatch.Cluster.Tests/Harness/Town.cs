using System.Security.Cryptography;
using System.Text.Json;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Protocols;
using Dispatch.TestCity;
using Dispatch.Web;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Cluster.Tests.Harness;

/// <param name="Token">Of a session that is open.</param>
internal sealed record Member(string Account, string Area, string Token);

/// <summary>A programme with several areas, its settings, its master key and its people's open sessions: what every host of the cluster is given.</summary>
internal sealed class Town : IDisposable
{
    public const int Areas = 3;
    public const int PerArea = 5;

    /// <summary>Short waits, or a round would take minutes.</summary>
    public static readonly TimeSpan SecondStepAfter = TimeSpan.FromSeconds(4);
    public static readonly TimeSpan RingsAfter = TimeSpan.FromSeconds(15);

    private const string Tenant = "CT";
    private const string Supervisor = "supervisor";
    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-cluster-").FullName;

    private Town()
    {
    }

    public IReadOnlyList<Member> Responders { get; private set; } = [];

    public Member OnTheLine { get; private set; } = null!;

    public string Keys => Path.Combine(_folder, "keys");

    /// <summary>Where the hosts run: their settings and, by links, their pages.</summary>
    public string Home => Path.Combine(_folder, "home");

    public static string Area(int number) => $"{Tenant}/{number}";

    /// <summary>Through the host's own services, in this process, before the hosts under test start.</summary>
    public static async Task<Town> Build(string database)
    {
        var town = new Town();
        town.MakeFolders();
        var responders = Enumerable.Range(0, Areas * PerArea).Select(i => Person($"responder{i}", "clinic", Role.Responder, [Need.Health], Area(i / PerArea), lines: [])).ToArray();
        var supervisor = Person(Supervisor, "line", Role.Supervisor, [], Area(0), lines: ["line"]);
        await town.WriteSettings([.. responders, supervisor]);
        await town.SignEverybodyIn(database, responders, supervisor);
        return town;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void MakeFolders()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Keys);
        var key = Path.Combine(Keys, "master.key");
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(MasterKey.Bytes));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (var pages in (string[])["Pages", "wwwroot"]) Directory.CreateSymbolicLink(Path.Combine(Home, pages), Path.Combine(AppContext.BaseDirectory, pages));
    }

    private static PersonSettings Person(string user, string organisation, Role role, Need[] needs, string area, string[] lines) => new()
    {
        UserName = user, DisplayName = user, Organisation = organisation, Roles = [role], Needs = needs, Modes = [Mode.CallsHer, Mode.ReceivesHer],
        Areas = [area], Lines = lines, Woman = true, Children = true, LoadCap = 100, VettedUntil = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private static AreaSettings AreaOf(int number) => new()
    {
        Id = Area(number), Name = $"Area {number}", Line = "line", DutyOfficer = Supervisor, Backup = Supervisor, LineHours = "08:00-20:00", LineLead = Supervisor,
        NightRoster = [Supervisor], DrillPassedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private Task WriteSettings(PersonSettings[] people)
    {
        var tenant = new TenantSettings
        {
            Id = Tenant, Controller = "line", DefaultArea = Area(0), FallbackNumber = "116", DefaultNeeds = [Need.Health], RestHours = 0,
            Needs = [new NeedSettings { Need = Need.Health, Modes = [Mode.CallsHer, Mode.ReceivesHer] }],
            Steps = [new StepSettings { AfterSeconds = 0, PerNeed = 2 }, new StepSettings { AfterSeconds = (int)SecondStepAfter.TotalSeconds, PerNeed = 2 }],
            Organisations =
            [
                new() { Id = "line", Name = "Line", Kind = OrganisationKind.Hotline },
                new() { Id = "clinic", Name = "Clinic", Kind = OrganisationKind.Health },
            ],
            Areas = [.. Enumerable.Range(0, Areas).Select(AreaOf)],
            People = people,
        };
        var logging = new { LogLevel = new Dictionary<string, string> { ["Default"] = "Warning" } };
        return File.WriteAllTextAsync(Path.Combine(Home, "appsettings.json"), JsonSerializer.Serialize(new { Logging = logging, Tenant = tenant }));
    }

    private async Task SignEverybodyIn(string database, PersonSettings[] responders, PersonSettings supervisor)
    {
        string[] args =
        [
            "--environment", "Production", "--urls", "http://127.0.0.1:0", "--Keys:Path", Keys, "--Cluster:Storage", "Postgres", "--Cluster:Postgres", database,
            "--Cluster:Id", "before", "--Cluster:Address", "127.0.0.1", "--Cluster:SiloPort", $"{HostProcess.FreePort()}",
        ];
        await using var host = DispatchHost.Build(args, builder =>
        {
            builder.Configuration.AddJsonFile(Path.Combine(Home, "appsettings.json"));
            builder.Logging.ClearProviders();
        });
        var settings = host.Services.GetRequiredService<Tenant>().Settings;
        // One hash for everybody instead of one each, and areas that ask people: what staff would do by hand.
        settings.SharedPassword = "nobody signs in with it";
        foreach (var area in settings.Areas) area.SwitchOn = true;
        await host.StartAsync();
        await RingSooner(host.Services.GetRequiredService<IGrainFactory>().GetGrain<IProtocolGrain>(Tenant));
        Responders = await Task.WhenAll(responders.Select(p => SignIn(host.Services, p)));
        OnTheLine = await SignIn(host.Services, supervisor);
        await host.StopAsync();
    }

    private static async Task RingSooner(IProtocolGrain protocol)
    {
        var rules = (await protocol.Active(null))!;
        Assert.Null(await protocol.Publish(rules with { Version = rules.Version + 1, HumanAfterSeconds = (int)RingsAfter.TotalSeconds }));
    }

    private static async Task<Member> SignIn(IServiceProvider services, PersonSettings person)
    {
        var id = services.GetRequiredService<Macs>().AccountId(Tenant, person.UserName);
        var session = new StaffSession(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), TimeProvider.System.GetUtcNow().AddHours(14));
        await services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(id).CompleteSignIn(session);
        return new Member(id, person.Areas[0], services.GetRequiredService<Tickets>().Issue(new Ticket(id, session.Id, session.ExpiresAt)));
    }
}
