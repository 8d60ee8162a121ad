using System.Globalization;

namespace Dispatch.Domain.Channels;

/// <summary>The name of an offer's notice on one channel, by which a repeat and what takes it back find it again.</summary>
public static class OfferNotice
{
    public static string IdOf(string offerId, int round, ChannelKind channel) => string.Create(CultureInfo.InvariantCulture, $"{offerId}.{round}:{channel}");

    /// <summary>Which round of its offer a notice is about.</summary>
    public static int RoundOf(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var (from, to) = (notice.OfferId!.Length + 1, notice.Id.LastIndexOf(':'));
        return to > from && int.TryParse(notice.Id.AsSpan(from, to - from), NumberStyles.None, CultureInfo.InvariantCulture, out var round) ? round : 0;
    }
}
