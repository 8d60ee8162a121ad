using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Web.Audit;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Shelters;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>What a call-taker writes down about somebody who has asked already: part of the alert that is open, and no second one is made, for that would be two searches for one woman.</summary>
internal sealed class CallJoining(IGrainFactory grains, Intake intake, StaffAdditionDesk additions, Vault vault, Macs macs, Tenant tenant, Nudges nudges, IAudit audit, TimeProvider clock)
{
    /// <summary>Null where no alert is open that takes it: then it is one of its own. Sent again with the same key, it adds nothing.</summary>
    public async Task<IResult?> Join(Contact contact, RaiseBody body, Guid key, StaffMember staff)
    {
        // Somebody else's request, or a drill, is never hers.
        if (contact.Tie is not { } tie || body is { Relay: not null } or { Exercise: true }) return null;
        // What this very request raised before its answer was lost.
        if (tie.AlertId == (body.Id ?? key.ToString("D"))) return null;
        if (!tie.Raised && contact.Raises.FirstOrDefault(r => r.Command.Id == tie.AlertId) is { } owed) await grains.GetGrain<IAlertGrain>(tie.AlertId).RaiseByContact(owed.Command);
        if (await grains.Readable(tie.AlertId, staff) is not { Alert: var alert } || alert.Exercise) return null;

        var addition = Read(body, alert, staff.Account) with
        {
            KeyMac = macs.IdempotencyKey(staff.Account, key), BodyMac = macs.Body(JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options)),
        };
        if (alert.Stage is Stage.Ended && Adding.Repeated(alert, addition.KeyMac) is null) return null;
        await audit.Write(staff.Account, "alert.add", alert.Id, contact.Id);
        var answer = await grains.GetGrain<IAlertGrain>(alert.Id).Add(addition);
        if (answer.Refused is Refusal.Ended) return alert.Stage is Stage.Ended ? Results.Ok(Answer(alert)) : null;
        if (answer.Refused is null) answer = await additions.Reach(alert, body.SafeContact, staff.Account) ?? answer;
        if (answer.Refused is { } why) return Problem.Of(why);
        return Results.Ok(Answer(await Take(alert.Id, staff) ?? alert));
    }

    private AddToAlert Read(RaiseBody body, Alert alert, string by)
    {
        var (key, now) = (vault.AlertKey(alert.Id, alert.WrappedKey), clock.GetUtcNow());
        var child = alert.Child || body.AgeBand is not (null or AgeBandWord.Adult);
        var police = body.PoliceConsent is not null || body.Needs?.Contains(Need.Police) is true;
        var guests = Fields.Guests(body.Party, child);
        // A house asked from now on has to know what was said before of who comes with her.
        var known = body.Needs?.Contains(Need.Shelter) is true && (alert.Party is not null || alert.Beds?.Said is not null) ? PartyReading.Known(alert, vault) : null;
        return new AddToAlert
        {
            Needs = body.Needs ?? [],
            Place = Fields.Place(Where(body, alert)) is { } place ? key.Seal(Fields.PlaceName, place) : null,
            Party = Fields.Party(body.Party) is { } party ? key.Seal(Fields.PartyName, party) : null,
            Guests = guests ?? known,
            Said = guests is null ? null : key.Seal(PartyReading.GuestsName, guests),
            Note = string.IsNullOrWhiteSpace(body.Note) ? null : key.Seal(Fields.NoteName, body.Note),
            Exclusions = body.Exclusions is { } excluded && (excluded.People ?? []).AddRange(excluded.Organisations ?? []).Length > 0 ? intake.Exclusions(excluded, key) : null,
            WomenOnly = body.Exclusions?.WomenOnly is true,
            Consent = police ? Fields.Consent(body.PoliceConsent, by, body.Channel is null or CallChannel.Call ? "voice" : EnumWords.Of(body.Channel.Value), body.Language, now) : null,
            Verification = Fields.Verified(body.Channel),
            Down = new TakenDown((AgeBand?)(int?)body.AgeBand, body.Language, Fields.Agreement(body.Agreed, by, body.Language, now), string.IsNullOrWhiteSpace(body.LimitsWording) ? null : body.LimitsWording),
            Authorised = true,
            By = by,
        };
    }

    /// <summary>An alert stays with the area that it was raised in: where she says another, its name is what people read.</summary>
    private LocationBody? Where(RaiseBody body, Alert alert)
    {
        if (string.IsNullOrWhiteSpace(body.Area) || body.Area == alert.Area) return body.Location;
        var parts = new[] { tenant.HasArea(body.Area) ? tenant.AreaName(body.Area) : body.Area, body.Location?.Landmark };
        return (body.Location ?? new LocationBody()) with { Landmark = string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part))) };
    }

    /// <summary>Who talks with her has the alert, unless somebody else has it, or it is only a supervisor's.</summary>
    private async Task<Alert?> Take(string id, StaffMember staff)
    {
        if (await grains.Readable(id, staff) is not { Alert: var alert }) return null;
        if (alert.Ring is not { } ring || !HotlineEndpoints.MayDecide(staff, alert, ring.ItemId)) return alert;
        await audit.Write(staff.Account, "item.take", id, ring.ItemId);
        await grains.GetGrain<IHotlineGrain>(alert.Line).Take(ring.ItemId, staff.Account);
        nudges.Wake(id);
        return alert;
    }

    private static CallBody Answer(Alert alert) => new(alert.Ring?.ItemId ?? alert.Taken?.ItemId ?? Ringing.ItemId(alert.Id, RingReason.NewAlert, 1), alert.Id) { Joined = true };
}
