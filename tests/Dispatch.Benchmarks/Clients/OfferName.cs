using System.Buffers.Text;

namespace Dispatch.Benchmarks.Clients;

/// <summary>An offer's id carries its alert's and its number.</summary>
internal static class OfferName
{
    private const int GuidLength = 36;

    public static (Guid Alert, int Number) Read(ReadOnlySpan<byte> offerId) =>
        Utf8Parser.TryParse(offerId, out Guid alert, out var used) && used == GuidLength && Utf8Parser.TryParse(offerId[(GuidLength + 1)..], out int number, out _)
            ? (alert, number)
            : throw new FormatException("Not the id of an offer.");
}
