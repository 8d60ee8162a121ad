using Dispatch.Grains.Hosting;

namespace Dispatch.Web.Tests.Push;

/// <summary>A build without native push never lets anybody believe that it has it.</summary>
public sealed class NoFcmTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dispatch-no-fcm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Fcm:ServiceAccountFile", "/etc/dispatch/key.json")]
    [InlineData("Fcm:ProjectId", "a-project")]
    public void It_does_not_start_with_settings_for_it(string setting, string value)
    {
        string[] args = ["--environment", "Testing", "--Storage:Path", Path.Combine(_folder, "data"), "--Keys:Path", Path.Combine(_folder, "keys"), $"--{setting}", value];
        var refusal = Assert.Throws<StartRefusedException>(() => DispatchHost.Build(args)).Message;
        Assert.StartsWith($"{setting} is set, and this build has no native push.", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refusal, StringComparison.Ordinal);
    }
}
