using Dispatch.Domain.Partners;

namespace Dispatch.Web.Partners;

/// <summary>How much each partner takes of this host. In memory: after a restart it begins anew, and of several hosts each counts what comes to it.</summary>
internal sealed class PartnerUse(TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Never more than there are partners: only a key that opens something comes this far.</summary>
    private readonly Dictionary<string, (PartnerQuota? Raised, int Looks, DateTimeOffset LooksEnd)> _used = [];
    private readonly Lock _gate = new();

    /// <summary>One more alert. True where it is above the quota.</summary>
    public bool Raised(PartnerAccess partner)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var used = _used.GetValueOrDefault(partner.Partner);
            used.Raised = PartnerQuota.Count(used.Raised, now);
            _used[partner.Partner] = used;
            return PartnerQuota.Over(used.Raised, partner.PerHour, now);
        }
    }

    public bool IsOver(PartnerAccess partner)
    {
        lock (_gate) return PartnerQuota.Over(_used.GetValueOrDefault(partner.Partner).Raised, partner.PerHour, clock.GetUtcNow());
    }

    /// <summary>How many alerts of this hour came to this host.</summary>
    public int RaisedNow(string partner)
    {
        var now = clock.GetUtcNow();
        lock (_gate) return _used.GetValueOrDefault(partner).Raised is { } raised && now - raised.From < PartnerQuota.Window ? raised.Used : 0;
    }

    /// <summary>Whether it may look once more in this minute; above its quota less often.</summary>
    public bool MayLook(PartnerAccess partner, out TimeSpan wait)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var used = _used.GetValueOrDefault(partner.Partner);
            if (used.LooksEnd <= now || used.LooksEnd > now + Minute) (used.Looks, used.LooksEnd) = (0, now + Minute);
            used.Looks++;
            _used[partner.Partner] = used;
            wait = used.LooksEnd - now;
            return used.Looks <= (PartnerQuota.Over(used.Raised, partner.PerHour, now) ? PartnerQuota.LooksPerMinuteOver : PartnerQuota.LooksPerMinute);
        }
    }
}
