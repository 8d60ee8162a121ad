using System.Security.Cryptography;
using System.Text.Json;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Push;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Web.Tests.Push;

/// <summary>Native push is off, or set up as it should be; a host between the two does not start, and says which setting it is.</summary>
public sealed class FcmSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-fcm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_settings_it_is_off() => Assert.Null(Read());

    [Fact]
    public void The_project_is_the_files_own_unless_another_is_named()
    {
        var file = File("its-own");
        Assert.Equal("its-own", Read(file)?.ProjectId);
        Assert.Equal("another", Read(file, "another")?.ProjectId);
    }

    [Fact]
    public void A_project_without_a_key_is_refused() => Refuses("Fcm:ProjectId is set and Fcm:ServiceAccountFile is not", project: "a-project");

    [Fact]
    public void A_file_that_is_not_there_is_refused() => Refuses("The file that Fcm:ServiceAccountFile names cannot be read", Path.Combine(_folder, "nothing.json"));

    [Fact]
    public void A_file_without_a_project_is_refused_where_none_is_named() => Refuses("Fcm:ProjectId is not set", File(project: null));

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"type":"authorized_user","client_id":"1","client_secret":"2","refresh_token":"3"}""")]
    [InlineData("""{"type":"service_account","project_id":"p","client_email":"a@b.c","private_key":"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"}""")]
    [InlineData("""{"type":"service_account","project_id":"p","client_email":"a@b.c"}""")]
    public void A_file_without_a_key_that_can_be_used_is_refused(string text)
    {
        var file = Path.Combine(_folder, "key.json");
        System.IO.File.WriteAllText(file, text);
        Refuses("The file that Fcm:ServiceAccountFile names holds no key", file);
    }

    [Fact]
    public void A_demo_never_runs_beside_it() =>
        Assert.StartsWith("Demo:Enabled is set beside Fcm:ServiceAccountFile", Assert.Throws<StartRefusedException>(() => Read(File("p"), demo: true)).Message, StringComparison.Ordinal);

    /// <summary>By the setting's name, and never with its value.</summary>
    private void Refuses(string message, string? file = null, string? project = null)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => Read(file, project)).Message;
        Assert.StartsWith(message, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder, refusal, StringComparison.Ordinal);
    }

    private static FcmSettings? Read(string? file = null, string? project = null, bool demo = false) =>
        FcmSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Fcm:ServiceAccountFile"] = file, ["Fcm:ProjectId"] = project }).Build(), demo);

    private string File(string? project)
    {
        using var rsa = RSA.Create(2048);
        var file = Path.Combine(_folder, "good.json");
        System.IO.File.WriteAllText(file, JsonSerializer.Serialize(new { type = "service_account", project_id = project, private_key = rsa.ExportPkcs8PrivateKeyPem(), client_email = "a@b.iam.gserviceaccount.com" }));
        return file;
    }
}
