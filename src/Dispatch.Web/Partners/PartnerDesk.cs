using Dispatch.Domain;
using Dispatch.Domain.Partners;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Rows;
using Dispatch.Web.Audit;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Partners;

/// <summary>Takes what a partner raises, and says how it stands.</summary>
internal sealed class PartnerDesk(IRows rows, PartnerRows partners, PartnerUse use, Intake intake, IGrainFactory grains, Macs macs, IAudit audit, TimeProvider clock, ILogger<PartnerDesk> log)
{
    internal sealed record Raised(string Id, Refusal? Refused, DateTimeOffset? ReceivedAt, bool OverQuota);

    /// <summary>
    /// What connects the alert with its partner is written first: once the partner reads "received", it is told, whatever happens to this host. A quota marks and never
    /// refuses.
    /// </summary>
    public async Task<Raised> Raise(PartnerAccess partner, RaiseBody body, Guid key)
    {
        var id = macs.PartnerAlert(partner.Partner, key);
        var before = (await rows.Read<PartnerAlert>(Tables.PartnerAlerts, partner.Partner, id))?.Value;
        var over = before?.OverQuota ?? use.Raised(partner);
        var first = before is null && await Remember(partner, id, over);
        await audit.Write(By(partner), "partner.raise", id, detail: over ? "overQuota" : null);
        var outcome = await intake.FromPartner(body, key, partner.Partner, id);
        // Nothing came of it: there is nothing to follow. Of an alert that is there already the row stays.
        if (outcome.Refused is not null && first) await rows.Write([new RowChange(Tables.PartnerAlerts, partner.Partner, id, null)]);
        if (outcome.Refused is null && first && over) await SayOverQuota(partner);
        return new Raised(id, outcome.Refused, outcome.ReceivedAt, over);
    }

    /// <summary>Null: it is not this partner's, or is no longer.</summary>
    public async Task<(PartnerAlert Row, PartnerNews News)?> Find(PartnerAccess partner, string id)
    {
        if (!RaiseChecks.IsId(id) || (await rows.Read<PartnerAlert>(Tables.PartnerAlerts, partner.Partner, id))?.Value is not { } row) return null;
        // Sandbox and the rest do not see each other's.
        if (row.Sandbox != partner.Sandbox) return null;
        return await grains.GetGrain<IAlertGrain>(id).SurvivorView() is { } view ? (row, PartnerNews.Of(view)) : null;
    }

    private async Task<bool> Remember(PartnerAccess partner, string id, bool over)
    {
        var now = clock.GetUtcNow();
        var row = new PartnerAlert { RaisedAt = now, Sandbox = partner.Sandbox, OverQuota = over };
        return (await rows.Write([new RowChange(Tables.PartnerAlerts, partner.Partner, id, row, now + Following.LookEvery, RowChange.MustNotExist)]))[0];
    }

    /// <summary>Her alert is received; that nobody could be told of the quota takes nothing away from it.</summary>
    private async Task SayOverQuota(PartnerAccess partner)
    {
        log.LogError("A partner raises more than its quota: {Partner}. Everything is taken", partner.Partner);
        try
        {
            await partners.Change(partner.Partner, p => PartnerBook.Alarm(p, PartnerTrouble.OverQuota, clock.GetUtcNow()));
        }
#pragma warning disable CA1031 // The next alert above the quota says it again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("The alarm about a partner's quota was not kept: {Failure}", failure.GetType().Name);
        }
    }

    public static string By(PartnerAccess partner) => $"partner:{partner.Partner}.{partner.Key}";
}
