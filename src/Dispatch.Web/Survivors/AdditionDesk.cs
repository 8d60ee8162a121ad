using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Hosting;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Survivors;

/// <summary>Appends what she adds. What protects her is changed only with her PIN, or, where none was ever set, in the first minutes.</summary>
internal sealed class AdditionDesk(IGrainFactory grains, Intake intake, Vault vault, Macs macs, Tenant tenant, TimeProvider clock)
{
    public async Task<IResult> Add(string id, AdditionBody body)
    {
        var consent = Consent(body, out var consentReadable);
        if (Fault(body) is { } member || !consentReadable) return Problem.Of(Code.InvalidBody, consentReadable ? Fault(body) : "policeConsent");
        var alerts = grains.GetGrain<IAlertGrain>(id);
        if (await alerts.HotlineView() is not { Alert: var alert } || await alerts.SurvivorView() is not { } view) return Problem.Of(Code.NotFound);
        // Ended for her in every sense, whichever cancel it was: the same answer, and nothing is added.
        if (view.Status is SurvivorStatus.Cancelled) return Problem.Of(Refusal.Ended);

        var key = vault.AlertKey(id, alert.WrappedKey);
        var addition = new AddToAlert
        {
            Needs = body.Needs ?? [],
            Place = Fields.Place(body.Location) is { } place ? key.Seal(Fields.PlaceName, place) : null,
            Party = Fields.Party(body.Party) is { } party ? key.Seal(Fields.PartyName, party) : null,
            Note = string.IsNullOrWhiteSpace(body.Note) ? null : key.Seal(Fields.NoteName, body.Note),
            Exclusions = body.Exclusions is { } exclusions ? intake.Exclusions(exclusions, key) : null,
            Consent = consent,
            WithdrawConsent = body.PoliceConsent.ValueKind is JsonValueKind.Null,
            By = Domain.Alerts.Consent.Survivor,
        };
        if (addition.TouchesProtected || body.SafeContact is not null)
        {
            var authorised = await Authorised(id, alert, body.Pin);
            if (!authorised) return Problem.Of(Refusal.PinRequired);
            addition = addition with { Authorised = true };
        }

        var answer = await alerts.Add(addition);
        if (answer.Refused is { } why) return Problem.Of(why);
        if (Fields.Contact(body.SafeContact) is { } contact)
        {
            var sealed_ = new SessionAddition(tenant.Id, vault.SessionKey(id).Seal(Fields.ContactName, contact), null, null);
            if (await grains.GetGrain<ISurvivorSessionGrain>(id).Add(sealed_, addition.Authorised) is { } refused) return Problem.Of(refused);
        }

        return Results.Ok(new AddedBody(answer.Version));
    }

    private async Task<bool> Authorised(string id, Alert alert, string? pin)
    {
        var hash = string.IsNullOrEmpty(pin) ? null : macs.Pin(id, pin);
        return await grains.GetGrain<ISurvivorSessionGrain>(id).CheckPin(hash) switch
        {
            PinVerdict.Right => true,
            PinVerdict.NotSet => clock.GetUtcNow() - alert.RaisedAt <= Adding.FreshFor,
            PinVerdict.Wrong or PinVerdict.Duress => false,
            var verdict => throw new System.Diagnostics.UnreachableException($"verdict {verdict}"),
        };
    }

    private Consent? Consent(AdditionBody body, out bool readable)
    {
        readable = true;
        if (body.PoliceConsent.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return null;
        try
        {
            var given = body.PoliceConsent.Deserialize<PoliceConsentBody>(WireJson.Options);
            readable = RaiseChecks.Fault(given) is null;
            return Fields.Consent(given, null, null, clock.GetUtcNow());
        }
        catch (JsonException)
        {
            readable = false;
            return null;
        }
    }

    private static string? Fault(AdditionBody body) =>
        body.Note?.Length > Bounds.Note ? "note"
        : !RaiseChecks.IsPin(body.Pin) ? "pin"
        : RaiseChecks.Fault(body.Location) ?? RaiseChecks.Fault(body.Party) ?? RaiseChecks.Fault(body.Exclusions) ?? RaiseChecks.Fault(body.SafeContact);
}
