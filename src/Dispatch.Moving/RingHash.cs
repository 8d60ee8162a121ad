using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Dispatch.Moving;

/// <summary>Where a grain lies on Orleans' ring: by this number a silo finds the reminders that are its own.</summary>
internal static class RingHash
{
    private const uint Prime1 = 2654435761;
    private const uint Prime2 = 2246822519;
    private const uint Prime3 = 3266489917;
    private const uint Prime4 = 668265263;
    private const uint Prime5 = 374761393;

    public static int Of(string type, string key) => (int)((Stable(type) * 31) + Stable(key));

    /// <summary>Orleans takes the hash's bytes, which are written big end first, for a number that is written little end first.</summary>
    private static uint Stable(string text) => BinaryPrimitives.ReverseEndianness(XxHash32(Encoding.UTF8.GetBytes(text)));

    /// <summary>The published algorithm, with seed 0.</summary>
    internal static uint XxHash32(ReadOnlySpan<byte> bytes)
    {
        var hash = unchecked((uint)bytes.Length);
        if (bytes.Length >= 16)
        {
            Span<uint> lanes = [unchecked(Prime1 + Prime2), Prime2, 0, unchecked(0 - Prime1)];
            for (; bytes.Length >= 16; bytes = bytes[16..])
            {
                for (var lane = 0; lane < lanes.Length; lane++) lanes[lane] = Round(lanes[lane], BinaryPrimitives.ReadUInt32LittleEndian(bytes[(lane * 4)..]));
            }

            hash += BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7) + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
        }
        else
        {
            hash += Prime5;
        }

        for (; bytes.Length >= 4; bytes = bytes[4..]) hash = BitOperations.RotateLeft(hash + (BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Prime3), 17) * Prime4;
        foreach (var last in bytes) hash = BitOperations.RotateLeft(hash + (last * Prime5), 11) * Prime1;
        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return hash ^ (hash >> 16);
    }

    private static uint Round(uint lane, uint value) => BitOperations.RotateLeft(lane + (value * Prime2), 13) * Prime1;
}
