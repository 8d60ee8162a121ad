using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Protocols;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Grains.Shelters;
using Dispatch.TestPrograms;
using Dispatch.Web;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.TestHosts;

/// <summary>
/// A programme with its settings, its master key and its people's open sessions, for the real host to run: on one file in the town's own folder, or on a database as one
/// of several. People are signed in before a host starts: checking a thousand passwords would take a minute and is not what is tried.
/// </summary>
public sealed class Town : IDisposable
{
    /// <summary>A thousand at once would wait for one area longer than a call may take.</summary>
    private static readonly ParallelOptions AFewAtATime = new() { MaxDegreeOfParallelism = 16 };

    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-town-").FullName;

    private Town()
    {
    }

    /// <summary>The host of this build.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Dispatch.Web.dll");

    public IReadOnlyList<Member> Responders { get; private set; } = [];

    public Member OnTheLine { get; private set; } = null!;

    private string Storage => Path.Combine(_folder, "data");

    private string Keys => Path.Combine(_folder, "keys");

    /// <summary>Where the hosts run: their settings and, by links, their pages.</summary>
    private string Home => Path.Combine(_folder, "home");

    private string Settings => Path.Combine(Home, "appsettings.json");

    public static string Area(int number) => TownSettings.Area(number);

    public static string House(int number) => TownSettings.House(number);

    /// <summary>Through the host's own services, in this process, before the hosts under test start.</summary>
    public static async Task<Town> Build(TownPlan plan, string? database = null)
    {
        var town = new Town();
        town.MakeFolders();
        await File.WriteAllTextAsync(town.Settings, TownSettings.Json(plan));
        await town.SignEverybodyIn(plan, database);
        return town;
    }

    /// <summary>One of its hosts, not started. It keeps its ports.</summary>
    /// <param name="program">Of another build; the host of this one by default.</param>
    /// <param name="more">What else it is told, by its address.</param>
    public ServerProcess Host(string name, HostPlace place, string? program = null, Func<IPEndPoint, string[]>? more = null)
    {
        var address = new IPEndPoint(place.Address, Ports.Free());
        string[] before = place.Namespace is { } there ? ["ip", "netns", "exec", there] : [];
        return new ServerProcess($"Host {name}", new ServerStart(address, Home,
            [.. before, "dotnet", program ?? Program, "--environment", "Production", "--urls", $"http://{address}", .. StoreArguments("town", place.Address, place.Database), .. more?.Invoke(address) ?? []]));
    }

    /// <summary>The same host within this process, not started: for what no caller can ask of it over HTTP.</summary>
    public WebApplication Inside(string? database) => Inside("town", database);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private WebApplication Inside(string cluster, string? database) =>
        DispatchHost.Build(["--environment", "Production", "--urls", "http://127.0.0.1:0", .. StoreArguments(cluster, IPAddress.Loopback, database)], builder =>
        {
            builder.Configuration.AddJsonFile(Settings);
            builder.Logging.ClearProviders();
        });

    private void MakeFolders()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Keys);
        var key = Path.Combine(Keys, "master.key");
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(MasterKey.Bytes));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (var pages in (string[])["Pages", "wwwroot"]) Directory.CreateSymbolicLink(Path.Combine(Home, pages), Path.Combine(AppContext.BaseDirectory, pages));
    }

    /// <summary>Either engine reads them: the local one has its file and no use for the rest.</summary>
    private string[] StoreArguments(string cluster, IPAddress address, string? database)
    {
        string[] all = ["--Keys:Path", Keys, "--Cluster:SiloPort", Ports.Free().ToString(CultureInfo.InvariantCulture)];
        return database is null
            ? [.. all, "--Storage:Path", Storage, "--Cluster:Storage", "Local"]
            : [.. all, "--Cluster:Storage", "Postgres", "--Cluster:Postgres", database, "--Cluster:Id", cluster, "--Cluster:Address", address.ToString()];
    }

    private async Task SignEverybodyIn(TownPlan plan, string? database)
    {
        await using var host = Inside("before", database);
        var settings = host.Services.GetRequiredService<Tenant>().Settings;
        // One hash for everybody instead of one each, and areas that ask people: what staff would do by hand.
        settings.SharedPassword = "nobody signs in with it";
        foreach (var area in settings.Areas) area.SwitchOn = true;
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        if (plan.RingsAfter is { } wait) await RingAfter(grains.GetGrain<IProtocolGrain>(TownSettings.Tenant), wait);
        var responders = TownSettings.Responders(plan);
        var members = new Member[responders.Length];
        await Parallel.ForAsync(0, members.Length, AFewAtATime, async (i, _) => members[i] = await SignIn(host.Services, responders[i]));
        Responders = members;
        OnTheLine = await SignIn(host.Services, TownSettings.OnTheLine(plan));
        for (var i = 0; i < plan.Beds.Count; i++) await Count(grains.GetGrain<IShelterGrain>(House(i)), plan.Beds[i]);
        if (plan.OnDuty) await Parallel.ForEachAsync(members, AFewAtATime, async (member, _) => await GoOnDuty(grains, member));
        await host.StopAsync();
    }

    private static async Task RingAfter(IProtocolGrain protocol, TimeSpan wait)
    {
        var rules = (await protocol.Active(null))!;
        if (await protocol.Publish(rules with { Version = rules.Version + 1, HumanAfterSeconds = (int)wait.TotalSeconds }) is { } fault) throw new InvalidOperationException($"The town's rules are refused: {fault}");
    }

    private static async Task Count(IShelterGrain house, int beds)
    {
        var counted = await house.ConfirmCounts(new ConfirmCounts((await house.Board()).Version, [new BedFigures(BedKind.Bed, beds, 0, 0)], "staff"));
        if (counted.Refused is { } why) throw new InvalidOperationException($"A house could not be counted: {why}");
    }

    private static async Task<Member> SignIn(IServiceProvider services, PersonSettings person)
    {
        var id = services.GetRequiredService<Macs>().AccountId(TownSettings.Tenant, person.UserName);
        var session = new StaffSession(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), TimeProvider.System.GetUtcNow().AddHours(14));
        await services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(id).CompleteSignIn(session);
        return new Member(id, person.Areas[0], services.GetRequiredService<Tickets>().Issue(new Ticket(id, session.Id, session.ExpiresAt)));
    }

    private static async Task GoOnDuty(IGrainFactory grains, Member member)
    {
        var account = grains.GetGrain<IAccountGrain>(member.Account);
        await account.SetDuty(new Duty(true, null, false));
        var candidate = Candidates.Of(member.Account, (await account.Profile())!) with { OnDutySince = TimeProvider.System.GetUtcNow() };
        await grains.GetGrain<IServiceAreaGrain>(member.Area).OnDuty(candidate);
    }
}
