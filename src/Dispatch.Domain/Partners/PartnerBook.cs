using System.Collections.Immutable;

namespace Dispatch.Domain.Partners;

/// <summary>What administrators decide about a partner: keys made, replaced and revoked, where it is told. A null answer: no room, or nothing of that kind.</summary>
public static class PartnerBook
{
    /// <summary>How long a key that was replaced still opens, so that the partner's programme can change over without a gap.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>An alarm that lasts is written again only after this long.</summary>
    public static readonly TimeSpan AlarmAgainAfter = TimeSpan.FromMinutes(10);

    /// <summary>A key that may do nothing is a mistake; one that only is sandbox, too.</summary>
    public static bool IsUse(ImmutableArray<PartnerScope> scopes) =>
        !scopes.IsDefaultOrEmpty && scopes.Distinct().Count() == scopes.Length && scopes.Any(s => s is not PartnerScope.Sandbox);

    public static Partner? AddKey(Partner partner, string id, string hash, ImmutableArray<PartnerScope> scopes, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(partner);
        // What has ended makes room; the audit keeps what there was.
        var keys = partner.Keys.Where(k => k.Opens(now)).ToImmutableArray();
        return keys.Length >= Partner.MaxKeys ? null : partner with { Keys = keys.Add(new PartnerKey(id, hash, scopes, now, by)) };
    }

    /// <summary>Another key with the same scopes; the one before opens for a while yet, and never longer than it did.</summary>
    public static Partner? Rotate(Partner partner, string old, string id, string hash, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(partner);
        if (partner.Keys.FirstOrDefault(k => k.Id == old && k.Opens(now)) is not { } before) return null;
        if (AddKey(partner, id, hash, before.Scopes, by, now) is not { } next) return null;
        var ends = now + Overlap;
        return next with { Keys = next.Keys.Replace(before, before with { EndsAt = before.EndsAt < ends ? before.EndsAt : ends }) };
    }

    public static Partner? Revoke(Partner partner, string key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(partner);
        if (partner.Keys.FirstOrDefault(k => k.Id == key) is not { } before) return null;
        return before.Opens(now) ? partner with { Keys = partner.Keys.Replace(before, before with { EndsAt = now }) } : partner;
    }

    /// <summary>Told elsewhere from now on, or nowhere. A new webhook knows of nothing: what is open is put before it.</summary>
    public static Partner Point(Partner partner, string? url, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(partner);
        var alarms = partner.Alarms.RemoveAll(a => a.Trouble is PartnerTrouble.WebhookFails);
        if (url is null) return partner with { Webhook = null, LastSerial = Math.Max(partner.LastSerial, partner.Webhook?.Serial ?? 0), Alarms = alarms };
        var serial = Math.Max(partner.LastSerial, partner.Webhook?.Serial ?? 0) + 1;
        return partner with { Webhook = new PartnerWebhook(url, serial, now, by) { Anew = true }, LastSerial = serial, Alarms = alarms };
    }

    /// <param name="same">Compares in constant time.</param>
    public static PartnerAccess? Access(Partner? partner, string key, Func<string, bool> same, DateTimeOffset now) =>
        Known(partner, key, same) is { } known && known.Opens(now) ? new PartnerAccess(partner!.Id, known.Id, known.Scopes, partner.PerHour) : null;

    /// <summary>Whether it is or was a key of this partner: whoever has one that ended guesses none.</summary>
    public static bool Knows(Partner? partner, string key, Func<string, bool> same) => Known(partner, key, same) is not null;

    /// <summary>The same partner where the alarm stands already and is recent.</summary>
    public static Partner Alarm(Partner partner, PartnerTrouble trouble, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(partner);
        if (partner.Alarms.FirstOrDefault(a => a.Trouble == trouble) is not { } known) return partner with { Alarms = partner.Alarms.Add(new PartnerAlarm(trouble, now, now)) };
        return now - known.LastAt < AlarmAgainAfter ? partner : partner with { Alarms = partner.Alarms.Replace(known, known with { LastAt = now }) };
    }

    public static Partner Seen(Partner partner, PartnerTrouble trouble)
    {
        ArgumentNullException.ThrowIfNull(partner);
        return partner with { Alarms = partner.Alarms.RemoveAll(a => a.Trouble == trouble) };
    }

    private static PartnerKey? Known(Partner? partner, string key, Func<string, bool> same)
    {
        ArgumentNullException.ThrowIfNull(same);
        return partner?.Keys.FirstOrDefault(k => k.Id == key) is { } known && same(known.Hash) ? known : null;
    }
}
