using System.Security.Cryptography;
using Dispatch.Grains.Hosting;
using Dispatch.TestPrograms;
using Dispatch.Web.Hosting;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests;

/// <summary>What a host must refuse to start with, and that it says why by the setting's name.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Data => Path.Combine(_folder, "data");
    private string Keys => Path.Combine(_folder, "keys");

    [Theory]
    [InlineData("Storage:Path is not set.")]
    [InlineData("Keys:Path is not set.", "--Storage:Path", "{data}")]
    [InlineData("Keys:Path lies inside Storage:Path", "--Storage:Path", "{data}", "--Keys:Path", "{data}/keys")]
    [InlineData("Keys:Path lies inside Storage:Path", "--Storage:Path", "{data}/", "--Keys:Path", "{data}/keys")]
    [InlineData("Keys:Path lies inside Storage:Path", "--Storage:Path", "{data}", "--Keys:Path", "{data}/")]
    [InlineData("Storage:Path lies inside Keys:Path", "--Storage:Path", "{keys}/data", "--Keys:Path", "{keys}/")]
    [InlineData("Proxy:Known holds something", "--Storage:Path", "{data}", "--Keys:Path", "{keys}", "--Proxy:Known", "the proxy")]
    [InlineData("Tenant:InitialPassword is set", "--Storage:Path", "{data}", "--Keys:Path", "{keys}", "--Tenant:InitialPassword", "for everybody")]
    [InlineData("Tenant:Id is not set.", "--Storage:Path", "{data}", "--Keys:Path", "{keys}")]
    [InlineData("Cluster:", "--Keys:Path", "{keys}", "--Cluster:Storage", "Postgres")]
    [InlineData("Demo:Enabled is set in Production", "--Demo:Enabled", "true", "--Storage:Path", "{data}", "--Keys:Path", "{keys}")]
    public void Production_names_what_is_missing(string message, params string[] args)
    {
        string[] given = ["--environment", "Production", "--Cluster:Storage", "Local", .. args.Select(a => a.Replace("{data}", Data, StringComparison.Ordinal).Replace("{keys}", Keys, StringComparison.Ordinal))];
        Assert.StartsWith(message, Assert.Throws<StartRefusedException>(() => DispatchHost.Build(given)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_master_key_is_noticed_and_never_replaced()
    {
        await using var host = Real();
        Assert.Contains("holds no master.key", (await Assert.ThrowsAsync<StartRefusedException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Keys, "master.key")));
    }

    [Fact]
    public async Task A_master_key_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        WriteKey(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await using var host = Real();
        Assert.Contains("Set its mode to 600", (await Assert.ThrowsAsync<StartRefusedException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_sealed_with_another_key_is_noticed_at_the_start()
    {
        WriteKey();
        await StartAndStop(Real());
        WriteKey();
        await using var host = Real();
        Assert.Contains("another master key", (await Assert.ThrowsAsync<StartRefusedException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_does_not_start_on_a_real_store_nor_a_programme_on_a_demos()
    {
        WriteKey();
        await StartAndStop(Real());
        await using (var demo = Demo())
        {
            Assert.Contains("another tenant", (await Assert.ThrowsAsync<StartRefusedException>(() => demo.StartAsync())).Message, StringComparison.Ordinal);
        }

        Directory.Delete(Data, recursive: true);
        await StartAndStop(Demo());
        await using var real = Real();
        Assert.Contains("another tenant", (await Assert.ThrowsAsync<StartRefusedException>(() => real.StartAsync())).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, object> Lines => new()
    {
        { "Tenant:People:27:UserName is on a line", Programme.Settings(takersOrganisation: "post") },
        { "Tenant:People:27:UserName is on a line", Programme.Settings(takersOrganisation: "police") },
        { "Tenant:People:32:UserName is on a line or an administrator", Programme.Settings(adminsOrganisation: "police") },
        { "Tenant:Areas:0:DutyOfficer must be", Programme.Settings(dutyOfficer: "nobody") },
        { "Tenant:Areas:0:DutyOfficer must be", Programme.Settings(dutyOfficer: "planner") },
        { "Tenant:Areas:0:Backup must be", Programme.Settings(backup: "elsewhere") },
        { "The protocol in Tenant cannot run: rest_out_of_bounds", Programme.Settings(restHours: 73) },
        { "Tenant:ContactsKeptDays is not between 10 and 3650", Programme.Settings(contactsKeptDays: 9) },
        { "Tenant:Areas:0:LineHours must be two times", Programme.Settings(lineHours: "by day") },
        { "Tenant:Areas:0:LineHours and Tenant:Areas:0:LineLead must be set together", Programme.Settings(lineHours: null) },
        { "Tenant:Areas:0:LineLead must be", Programme.Settings(lineLead: "nobody") },
        { "Tenant:Units cannot be used: parent_missing TT101", Programme.Settings(shoreParent: "TT2") },
        { "Tenant:Areas:0:NightRoster:1 must be", Programme.Settings(nightRoster: ["taker", "nurse0"]) },
        { "Tenant:Overflow:0:Id must be", Programme.Settings(inns: ["the inn"]) },
        { "Tenant:Overflow:0:Id is another place's", Programme.Settings(inns: ["inn", "inn"]) },
        { "Tenant:Overflow:0:Areas names an area", Programme.Settings(innsArea: "TT/nowhere") },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_line_is_answered_only_by_people_who_may_hear_everything_and_can_act(string message, object settings)
    {
        WriteKey();
        await using var host = Real(settings);
        Assert.StartsWith(message, (await Assert.ThrowsAsync<StartRefusedException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tenant:Dialled:0:Keys is nothing that a telephone", "--Tenant:Dialled:0:Keys", "+22320223333")]
    [InlineData("Tenant:Dialled:0:Keys is nothing that a telephone", "--Tenant:Dialled:0:Keys", "call us")]
    [InlineData("Lines:one:Languages needs recordings in Lines:one:Audio", "--Lines:one:Languages:0", "en", "--Lines:one:Languages:1", "fr")]
    [InlineData("Lines:one:Languages needs recordings in Lines:one:Audio", "--Lines:one:Languages:0", "fr", "--Lines:one:Languages:1", "en", "--Lines:one:Languages:2", "bm")]
    [InlineData("Tenant:Dialled names a network twice", "--Tenant:Dialled:0:Keys", "80333", "--Tenant:Dialled:1:Keys", "80334")]
    public async Task What_no_telephone_dials_is_shown_to_nobody_and_what_cannot_be_read_out_is_not_said(string message, params string[] settings)
    {
        WriteKey();
        await using var host = Real(null, settings);
        Assert.StartsWith(message, (await Assert.ThrowsAsync<StartRefusedException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_host_makes_is_for_its_own_account_only()
    {
        if (OperatingSystem.IsWindows()) return;
        await StartAndStop(Demo());
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var folder in new[] { Data, Keys }) Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        foreach (var file in Directory.GetFiles(Keys)) Assert.Equal(owner, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_demo_does_not_start_beside_a_real_tenant() =>
        Assert.Contains("beside a Tenant section", Assert.Throws<StartRefusedException>(() => Demo("--Tenant:Id", "TT")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_demo_makes_its_own_key_for_its_owner_only_and_takes_a_new_password()
    {
        await StartAndStop(Demo("--Demo:Password", "first"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Keys, "master.key")));
        await using var host = Demo("--Demo:Password", "second");
        await host.StartAsync();
        var caller = new Caller(new Uri(host.Urls.Single()));
        (await caller.Post("/api/v1/sign-in", new { userName = "police2", password = "first" })).Is(401, "bad_credentials");
        (await caller.Post("/api/v1/sign-in", new { userName = "police2", password = "second" })).Is(200);
        await host.StopAsync();
    }

    private static async Task StartAndStop(WebApplication host)
    {
        await host.StartAsync();
        await host.StopAsync();
        await host.DisposeAsync();
    }

    private WebApplication Real(object? settings = null, params string[] more) => DispatchHost.Build(
        [.. Where("Testing"), .. more], builder => builder.Configuration.AddJsonStream(Programme.Json(settings ?? Programme.Settings())));

    private WebApplication Demo(params string[] more) => DispatchHost.Build([.. Where("Development"), "--Demo:Enabled", "true", .. more]);

    private IEnumerable<string> Where(string environment) =>
        ["--environment", environment, "--urls", "http://127.0.0.1:0", "--Cluster:Storage", "Local", "--Cluster:SiloPort", $"{Ports.Free()}", "--Storage:Path", Data, "--Keys:Path", Keys, "--Logging:LogLevel:Default", "None", "--Logging:LogLevel:Microsoft", "None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "None"];

    private void WriteKey(UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        Directory.CreateDirectory(Keys);
        var path = Path.Combine(Keys, "master.key");
        File.WriteAllBytes(path, RandomNumberGenerator.GetBytes(32));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }
}
