using Dispatch.Grains.Hosting;
using Google.Apis.Auth.OAuth2;

namespace Dispatch.Web.Push;

/// <summary>Which Firebase project this host sends for, and as whom. Read before the host starts; that the project lets it send is only known by the first push.</summary>
internal sealed record FcmSettings(ServiceAccountCredential Key, string ProjectId)
{
    private const string FileSetting = "Fcm:ServiceAccountFile";
    private const string ProjectSetting = "Fcm:ProjectId";

    /// <summary>Null where native push is off.</summary>
    public static FcmSettings? Read(IConfiguration configuration, bool demo)
    {
        var (file, project) = (configuration[FileSetting], configuration[ProjectSetting]);
        if (string.IsNullOrWhiteSpace(file) && string.IsNullOrWhiteSpace(project)) return null;
        if (demo) throw new StartRefusedException($"Demo:Enabled is set beside {(string.IsNullOrWhiteSpace(file) ? ProjectSetting : FileSetting)}. A demo never runs beside a real gateway.");
        if (string.IsNullOrWhiteSpace(file)) throw new StartRefusedException($"{ProjectSetting} is set and {FileSetting} is not. Name the file with the service account's key.");
        var key = KeyIn(file);
        if (!string.IsNullOrWhiteSpace(project)) return new FcmSettings(key, project);
        return key.ProjectId is { Length: > 0 } own
            ? new FcmSettings(key, own)
            : throw new StartRefusedException($"{ProjectSetting} is not set, and the file that {FileSetting} names tells no project.");
    }

    private static ServiceAccountCredential KeyIn(string file)
    {
        string json;
        try
        {
            json = File.ReadAllText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The file that {FileSetting} names cannot be read.");
        }

        try
        {
            return CredentialFactory.FromJson<ServiceAccountCredential>(json);
        }
#pragma warning disable CA1031 // The library throws half a dozen kinds, some with a piece of the key in their words; each means the same.
        catch (Exception)
#pragma warning restore CA1031
        {
            throw new StartRefusedException($"The file that {FileSetting} names holds no key of a service account. Download one as JSON from the project's settings.");
        }
    }
}
