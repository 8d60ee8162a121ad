using System.Globalization;
using System.Text.RegularExpressions;
using Dispatch.Web.Live;

namespace Dispatch.Web.Tests.Hosting;

/// <summary>The files of infra/ name settings, paths and ports of a host that they never see. What is renamed in the code alone breaks here and not at an installation.</summary>
public sealed partial class InfraTests
{
    private const string Unit = "infra/one-machine/dispatch.service";
    private const string Image = "infra/Dockerfile";
    private const string Compose = "infra/compose.yaml";
    private const string App = "infra/azure/modules/app.bicep";

    private static readonly string Root = FindRoot();

    /// <summary>Settings of the runtime, of the web server and of Azure's client, which are not ours to name.</summary>
    private static readonly string[] OfOthers = ["DOTNET_ENVIRONMENT", "DOTNET_EnableDiagnostics", "ASPNETCORE_HTTP_PORTS", "AZURE_CLIENT_ID"];

    [Theory]
    [InlineData(Unit, "Keys:Path", "Storage:Path")]
    [InlineData(Image, "Keys:Path", "Storage:Path")]
    [InlineData(Compose, "Cluster:Address", "Cluster:Id", "Cluster:Postgres", "Cluster:PostgresPasswordFile", "Cluster:Storage", "Keys:Path", "Proxy:Known")]
    [InlineData(App, "Cluster:Address", "Cluster:AzureTables:ServiceUri", "Cluster:Id", "Cluster:Storage", "Keys:Path", "Proxy:Known")]
    public void A_file_names_the_settings_that_its_host_needs_and_the_code_reads_each(string file, params string[] needed)
    {
        var named = SettingName().Matches(Read(file)).Select(m => m.Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(needed, named);
        Assert.All(named, setting => Assert.Contains(setting, SettingsOfTheCode()));
    }

    [Theory]
    [InlineData(Unit)]
    [InlineData(Image)]
    [InlineData(App)]
    public void Further_settings_are_those_of_the_runtime(string file) =>
        Assert.Empty(RuntimeName().Matches(Read(file)).Select(m => m.Value).Except(OfOthers));

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/install.md")]
    [InlineData("docs/moving.md")]
    public void A_page_names_no_setting_that_the_code_does_not_read(string page) =>
        Assert.All(SettingInText().Matches(Read(page)).Select(m => m.Groups[1].Value), setting => Assert.Contains(setting, SettingsOfTheCode()));

    [Fact]
    public void No_file_carries_a_secret() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Root, "infra"), "*", SearchOption.AllDirectories),
        file => Assert.DoesNotMatch(Secret(), File.ReadAllText(file)));

    [Fact]
    public void Probes_the_live_path_and_the_port_are_those_of_the_host()
    {
        var health = Read("src/Dispatch.Web/Hosting/Health.cs");
        Assert.Contains("MapGroup(\"/health\")", health, StringComparison.Ordinal);
        string[] files = [Image, App, "infra/Caddyfile"];
        foreach (var path in files.SelectMany(file => HealthPath().Matches(Read(file))).Select(m => m.Groups[1].Value).Distinct())
            Assert.Contains($"MapGet(\"/{path}\"", health, StringComparison.Ordinal);
        Assert.All(files, file => Assert.Contains("/health/ready", Read(file), StringComparison.Ordinal));
        Assert.Contains($"handle {LiveHub.Path}*", Read("infra/Caddyfile"), StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_HTTP_PORTS=8080", Read(Image), StringComparison.Ordinal);
        Assert.Contains("targetPort: 8080", Read(App), StringComparison.Ordinal);
        Assert.Equal(6, Regex.Count(Read("infra/Caddyfile"), "host[123]:8080"));
    }

    [Fact]
    public void The_key_is_mounted_where_and_as_the_host_looks_for_it_and_on_no_volume()
    {
        var name = Regex.Match(Read("src/Dispatch.Web/Sealing/MasterKey.cs"), "FileName = \"(.+)\"").Groups[1].Value;
        Assert.Contains($"target: /run/keys/{name}", Read(Compose), StringComparison.Ordinal);
        Assert.Contains("Keys__Path: /run/keys", Read(Compose), StringComparison.Ordinal);
        Assert.Contains($"> /run/keys/{name}", Read(App), StringComparison.Ordinal);
        Assert.DoesNotContain(Regex.Matches(Read(Compose), "^ +- [a-z]+:(/.+)$", RegexOptions.Multiline), volume => volume.Groups[1].Value.StartsWith("/run", StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_that_is_told_to_stop_is_given_the_time_that_it_takes()
    {
        var takes = Seconds("src/Dispatch.Cluster/DispatchEngine.cs", @"StopWithin = TimeSpan\.FromSeconds\((\d+)\)");
        Assert.InRange(takes, 1, Seconds(Compose, @"stop_grace_period: (\d+)s") - 5);
        Assert.InRange(takes, 1, Seconds(App, @"terminationGracePeriodSeconds: (\d+)") - 5);
        Assert.InRange(takes, 1, Seconds(Unit, @"TimeoutStopSec=(\d+)") - 5);
    }

    [Fact]
    public void The_image_is_built_from_files_that_are_there() => Assert.All(
        Regex.Matches(Read(Image), "^COPY (?!--from)(.+) [^ ]+$", RegexOptions.Multiline).SelectMany(copy => copy.Groups[1].Value.Split(' ')),
        path => Assert.True(Path.Exists(Path.Combine(Root, path)), path));

    /// <summary>Names in the sources: whole ones, and those of the section Cluster, which is read by its parts.</summary>
    private static HashSet<string> SettingsOfTheCode()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText);
        var names = sources.SelectMany(source => QuotedSetting().Matches(source)).Select(m => m.Groups[1].Value);
        var parts = ClusterPart().Matches(Read("src/Dispatch.Cluster/ClusterSettings.cs")).Select(m => $"Cluster:{m.Groups[1].Value}");
        return [.. names, .. parts];
    }

    private static int Seconds(string file, string pattern) => int.Parse(Regex.Match(Read(file), pattern).Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dispatch.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must run from a build below the folder of Dispatch.sln");
    }

    [GeneratedRegex(@"\b[A-Z][a-zA-Z]+(__[A-Z][a-zA-Z]+)+\b")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"\b(DOTNET|ASPNETCORE|AZURE)_\w+")]
    private static partial Regex RuntimeName();

    [GeneratedRegex("`((Cluster|Storage|Keys|Proxy|Demo|Fcm):[A-Za-z:]+)`")]
    private static partial Regex SettingInText();

    [GeneratedRegex("\"([A-Z][a-zA-Z]+(:[A-Z][a-zA-Z]+)+)\"")]
    private static partial Regex QuotedSetting();

    [GeneratedRegex("section(?:\\[|, )\"([A-Z][a-zA-Z]+)\"")]
    private static partial Regex ClusterPart();

    [GeneratedRegex("/health/([a-z]+)")]
    private static partial Regex HealthPath();

    /// <summary>A password or key that is given by its value, a signed address, or a long run of base 64 or hexadecimal digits that is no identity of a role.</summary>
    [GeneratedRegex("(?i)password[ \\t]*[=:][ \\t]*[^\\s/$]|accountkey=|sig=|-----BEGIN|\\b[A-Za-z0-9+/]{40,}={0,2}(?![\\w.-])|\\b[0-9a-f]{32,}\\b")]
    private static partial Regex Secret();
}
