using System.Numerics;
using System.Security.Cryptography;

namespace Dispatch.Web.Sealing;

/// <summary>A pair of keys on P-256 that is the same wherever the master key is: on every host of a programme, and after every restart.</summary>
internal static class DerivedPair
{
    private static readonly BigInteger Order = new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    public static ECParameters Of(MasterKey master, string use)
    {
        // 48 bytes reduced by a 32-byte order: the bias is far below anything measurable.
        var wide = new BigInteger(master.Derive(use, bytes: 48), isUnsigned: true, isBigEndian: true);
        var scalar = (wide % (Order - 1)) + 1;
        var d = new byte[32];
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(d, d.Length - bytes.Length);
        return new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d };
    }
}
