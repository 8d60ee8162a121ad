using System.Security.Cryptography;
using System.Text.Json;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.Benchmarks.Host;

/// <param name="Areas">How many service areas; they share one line.</param>
/// <param name="PerArea">How many responders each of them has, all on duty.</param>
/// <param name="Needs">Dealt to an area's people in turn, one each.</param>
/// <param name="Steps">Empty means the product's own waits.</param>
internal sealed record TownPlan(int Areas, int PerArea, Need[] Needs, params (int AfterSeconds, int PerNeed)[] Steps);

/// <param name="Token">Of a session that is open.</param>
internal sealed record Member(string Account, string Area, string Token);

/// <summary>
/// A programme with its store, its keys and its settings in a folder of its own, for the real host to run. Its people are signed in before the host starts: checking a
/// thousand passwords would take a minute and is not what is measured.
/// </summary>
internal sealed class Town : IAsyncDisposable
{
    private const string Tenant = "BM";
    private const string Supervisor = "supervisor";
    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-bench-").FullName;

    private Town()
    {
    }

    public IReadOnlyList<Member> Responders { get; private set; } = [];

    public Member OnTheLine { get; private set; } = null!;

    public string Storage => Path.Combine(_folder, "data");

    public string Keys => Path.Combine(_folder, "keys");

    /// <summary>Where the host runs: its settings and, by links, its pages.</summary>
    public string Home => Path.Combine(_folder, "home");

    public static async Task<Town> Build(TownPlan plan)
    {
        var town = new Town();
        town.MakeFolders();
        var responders = Enumerable.Range(0, plan.Areas * plan.PerArea)
            .Select(i => Person($"responder{i}", "clinic", Role.Responder, [plan.Needs[i % plan.PerArea % plan.Needs.Length]], Area(i / plan.PerArea), lines: [])).ToArray();
        var supervisor = Person(Supervisor, "line", Role.Supervisor, [], Area(0), lines: ["line"]);
        await town.WriteSettings(plan, [.. responders, supervisor]);
        await town.SignEverybodyIn(responders, supervisor);
        return town;
    }

    public static string Area(int number) => $"{Tenant}/{number}";

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

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
        Areas = [area], Lines = lines, Woman = true, Children = true, VettedUntil = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private static AreaSettings AreaOf(int number) => new()
    {
        Id = Area(number), Name = $"Area {number}", Line = "line", DutyOfficer = Supervisor, Backup = Supervisor, LineHours = "08:00-20:00", LineLead = Supervisor,
        NightRoster = [Supervisor], DrillPassedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    private Task WriteSettings(TownPlan plan, PersonSettings[] people)
    {
        var tenant = new TenantSettings
        {
            Id = Tenant, Controller = "line", DefaultArea = Area(0), FallbackNumber = "116", DefaultNeeds = [plan.Needs[0]],
            Needs = [.. plan.Needs.Select(n => new NeedSettings { Need = n, Modes = [Mode.CallsHer, Mode.ReceivesHer] })],
            Steps = [.. plan.Steps.Select(s => new StepSettings { AfterSeconds = s.AfterSeconds, PerNeed = s.PerNeed })],
            Organisations =
            [
                new() { Id = "line", Name = "Line", Kind = Domain.Organisations.OrganisationKind.Hotline },
                new() { Id = "clinic", Name = "Clinic", Kind = Domain.Organisations.OrganisationKind.Health },
            ],
            Areas = [.. Enumerable.Range(0, plan.Areas).Select(n => AreaOf(n))],
            People = people,
        };
        var logging = new { LogLevel = new Dictionary<string, string> { ["Default"] = "Warning" } };
        return File.WriteAllTextAsync(Path.Combine(Home, "appsettings.json"), JsonSerializer.Serialize(new { Logging = logging, Tenant = tenant }));
    }

    /// <summary>Through the host's own services, in this process, before the host that is measured opens the store.</summary>
    private async Task SignEverybodyIn(PersonSettings[] responders, PersonSettings supervisor)
    {
        await using var host = DispatchHost.Build(["--environment", "Production", "--Storage:Path", Storage, "--Keys:Path", Keys], builder =>
        {
            builder.Configuration.AddJsonFile(Path.Combine(Home, "appsettings.json"));
            builder.Logging.ClearProviders();
        });
        var settings = host.Services.GetRequiredService<Tenant>().Settings;
        // One hash for everybody instead of one each, and areas that ask people: what staff would do by hand.
        settings.SharedPassword = "nobody signs in with it";
        foreach (var area in settings.Areas) area.SwitchOn = true;
        await ActivatorUtilities.CreateInstance<Provisioning>(host.Services).StartAsync(default);
        Responders = await Task.WhenAll(responders.Select(p => SignIn(host.Services, p)));
        OnTheLine = await SignIn(host.Services, supervisor);
    }

    private static async Task<Member> SignIn(IServiceProvider services, PersonSettings person)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var id = services.GetRequiredService<Macs>().AccountId(Tenant, person.UserName);
        var session = new StaffSession(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), TimeProvider.System.GetUtcNow().AddHours(14));
        var account = grains.GetGrain<IAccountGrain>(id);
        await account.CompleteSignIn(session);
        if (person.Needs.Count > 0)
        {
            await account.SetDuty(new Duty(true, null, false));
            var candidate = Candidates.Of(id, (await account.Profile())!) with { OnDutySince = TimeProvider.System.GetUtcNow() };
            await grains.GetGrain<IServiceAreaGrain>(person.Areas[0]).OnDuty(candidate);
        }

        return new Member(id, person.Areas[0], services.GetRequiredService<Tickets>().Issue(new Ticket(id, session.Id, session.ExpiresAt)));
    }
}
