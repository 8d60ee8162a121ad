using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Audit;
using Dispatch.Web.Contacts;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Shelters;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>Appends what she says to a call-taker. It may change what protects her, where her own phone would need the PIN.</summary>
internal sealed class StaffAdditionDesk(IGrainFactory grains, AlertDesk desk, Intake intake, Vault vault, Macs macs, Tenant tenant, TakenDownNumbers takenDown, IAudit audit)
{
    public async Task<IResult> Add(string id, StaffAdditionBody body, StaffMember staff, HttpRequest request)
    {
        var given = IdempotencyKey.Optional(request);
        if (given.Refused is { } noKey) return noKey;
        if (Fault(body) is { } member) return Problem.Of(Code.InvalidBody, member);
        if (await desk.Read(id, staff) is not { } alert) return Problem.Of(Code.NotFound);

        await audit.Write(staff.Account, "alert.add", id, null, string.Join(',', Said(body)));
        var (keyMac, bodyMac) = given.Key is { } key ? (macs.IdempotencyKey(staff.Account, key), macs.Body(JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options))) : (null, null);
        var answer = await grains.GetGrain<IAlertGrain>(id).Add(Read(body, alert, vault.AlertKey(id, alert.WrappedKey), staff.Account) with { KeyMac = keyMac, BodyMac = bodyMac });
        if (answer.Refused is null) answer = await Reach(alert, body.SafeContact, staff.Account) ?? answer;
        return answer.Refused is { } why ? Problem.Of(why) : Results.Ok(new StaffAddedBody(answer.Version, Unknown(body.Exclusions)));
    }

    /// <summary>How she may be reached from now on; null where she said nothing of it. Kept elsewhere, and before anybody is told that it changed: who then looks must not read the old number.</summary>
    public async Task<AnswerResult?> Reach(Alert alert, SafeContactBody? said, string by)
    {
        if (Fields.Contact(said) is not { } contact) return null;
        var (session, reach) = (grains.GetGrain<ISurvivorSessionGrain>(alert.Id), Fields.Reach(said));
        // A channel without a number reaches nobody, and never takes the place of one that does.
        if (reach is null && await session.SafeContact() is not null) return null;
        await session.Add(new SessionAddition(tenant.Id, vault.SessionKey(alert.Id).Seal(Fields.ContactName, contact), null, null), authorised: true);
        if (reach is null) return null;
        var answer = await grains.GetGrain<IAlertGrain>(alert.Id).Add(new AddToAlert { Reach = reach, IfDropped = contact.IfDropped, Authorised = true, By = by });
        if (answer.Refused is null && !alert.Exercise) await takenDown.Mark(alert.Line, contact, by, $"{alert.Id}:{answer.Version}");
        return answer;
    }

    private AddToAlert Read(StaffAdditionBody body, Alert alert, DataKey key, string by)
    {
        var guests = Fields.Guests(body.Party, alert.Child);
        // A house asked from now on has to know what was said before of who comes with her.
        var known = body.Needs?.Contains(Need.Shelter) is true && (alert.Party is not null || alert.Beds?.Said is not null) ? PartyReading.Known(alert, vault) : null;
        return new()
        {
            Needs = body.Needs ?? [],
            Place = Fields.Place(body.Location) is { } place ? key.Seal(Fields.PlaceName, place) : null,
            Party = Fields.Party(body.Party) is { } party ? key.Seal(Fields.PartyName, party) : null,
            Guests = guests ?? known,
            Said = guests is null ? null : key.Seal(PartyReading.GuestsName, guests),
            Exclusions = Names(body.Exclusions).Any() ? intake.Exclusions(body.Exclusions, key) : null,
            WomenOnly = body.Exclusions?.WomenOnly is true,
            NotWhoAccepted = body.NotWhoAccepted,
            Verification = (Verification?)(int?)body.Verification,
            Authorised = true,
            By = by,
        };
    }

    private ImmutableArray<string> Unknown(ExclusionsBody? exclusions) =>
    [
        .. (exclusions?.People ?? []).Where(name => !tenant.PeopleNamed(name).Any()),
        .. (exclusions?.Organisations ?? []).Where(name => !tenant.OrganisationsNamed(name).Any()),
    ];

    private static string? Fault(StaffAdditionBody body) =>
        RaiseChecks.Fault(body.Location) ?? RaiseChecks.Fault(body.Party) ?? RaiseChecks.Fault(body.Exclusions) ?? RaiseChecks.Fault(body.SafeContact)
        // A channel without a number reaches nobody, and would take the place of one that does.
        ?? (body.SafeContact is not null && Fields.Reach(body.SafeContact) is null ? "safeContact.number" : Said(body).Any() ? null : "body");

    /// <summary>What the audit keeps: which members came, never what they say.</summary>
    private static IEnumerable<string> Said(StaffAdditionBody body)
    {
        if (body.Needs is { IsDefaultOrEmpty: false }) yield return "needs";
        if (Fields.Place(body.Location) is not null) yield return "location";
        if (body.Party is not null) yield return "party";
        if (Names(body.Exclusions).Any()) yield return "exclusions";
        if (body.Exclusions?.WomenOnly is true) yield return "womenOnly";
        if (body.NotWhoAccepted is not null) yield return "notWhoAccepted";
        if (body.SafeContact is not null) yield return "safeContact";
        if (body.Verification is { } how) yield return EnumWords.Of(how);
    }

    private static IEnumerable<string> Names(ExclusionsBody? exclusions) => [.. exclusions?.People ?? [], .. exclusions?.Organisations ?? []];
}
