using System.Security.Cryptography;
using System.Text;
using Dispatch.Grains.Hosting;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Sealing;

/// <summary>
/// The one secret that everything sealed hangs on: 32 bytes in a file that is never on the data disk. Each use derives its own key, so that no two uses
/// share one.
/// </summary>
internal sealed class MasterKey(byte[] secret)
{
    public const int Bytes = 32;
    private const string FileName = "master.key";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public byte[] Derive(string use, string scope = "", int bytes = Bytes) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, bytes, salt: [], info: Encoding.UTF8.GetBytes($"dispatch/{use}/v1\0{scope}"));

    /// <param name="create">Only a demo makes its own key: a lost real key must be noticed, not replaced.</param>
    public static MasterKey Load(string folder, bool create, IIds ids)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            if (!create) throw new StartRefusedException($"Keys:Path holds no {FileName}. Put {Bytes} random bytes there, readable by this account only, and keep a copy apart from the data.");
            Create(path, ids.NewBytes(Bytes));
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            throw new StartRefusedException($"{FileName} in Keys:Path may be read by others. Set its mode to 600.");
        }

        var secret = File.ReadAllBytes(path);
        return secret.Length == Bytes ? new MasterKey(secret) : throw new StartRefusedException($"{FileName} in Keys:Path must hold exactly {Bytes} bytes.");
    }

    private static void Create(string path, byte[] secret)
    {
        HostPaths.MakeFolder(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        file.Write(secret);
        file.Flush(flushToDisk: true);
    }
}
