using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Contacts;
using Dispatch.Web.Hosting;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Survivors;

/// <summary>Appends what she adds. What protects her is changed only with her PIN, or, where none was ever set, in the first minutes.</summary>
internal sealed class AdditionDesk(IGrainFactory grains, Intake intake, Vault vault, Macs macs, Tenant tenant, NamedNumbers numbers, TimeProvider clock)
{
    public async Task<IResult> Add(string id, AdditionBody body, HttpRequest request)
    {
        var given = IdempotencyKey.Optional(request);
        if (given.Refused is { } noKey) return noKey;
        var consent = Consent(body, out var consentReadable);
        if (Fault(body) is { } member || !consentReadable) return Problem.Of(Code.InvalidBody, consentReadable ? Fault(body) : "policeConsent");
        if (string.IsNullOrEmpty(body.Pin)) return await Append(id, body, consent, given.Key);

        // With a PIN in it, the answer comes after the time that a cancel takes: who watches the screen must not learn from it which PIN it was.
        var started = clock.GetTimestamp();
        var answer = await Append(id, body, consent, given.Key);
        var rest = CancelDesk.Takes - TimeSpan.FromTicks(clock.GetElapsedTime(started).Ticks % CancelDesk.Takes.Ticks);
        await Task.Delay(rest, clock);
        return answer;
    }

    private async Task<IResult> Append(string id, AdditionBody body, Consent? consent, Guid? key)
    {
        var alerts = grains.GetGrain<IAlertGrain>(id);
        if (await alerts.HotlineView() is not { Alert: var alert } || await alerts.SurvivorView() is not { } view) return Problem.Of(Code.NotFound);
        // Ended for her in every sense, whichever cancel it was: the same answer, and nothing is added.
        if (view.Status is SurvivorStatus.Cancelled) return Problem.Of(Refusal.Ended);

        var (keyMac, bodyMac) = key is { } named ? (macs.IdempotencyKey(id, named), macs.Body(Canonical(body))) : (null, null);
        var before = Adding.Repeated(alert, keyMac);
        if (before is not null && before.BodyMac != bodyMac) return Problem.Of(Refusal.KeyReused);
        // Her contact is kept elsewhere: whether that was done too is looked at again below.
        if (before is not null && body.SafeContact is null) return Results.Ok(new AddedBody(before.Version));

        var addition = Read(body, alert, vault.AlertKey(id, alert.WrappedKey), consent) with { KeyMac = keyMac, BodyMac = bodyMac };
        var isProtected = addition.TouchesProtected || body.SafeContact is not null;
        var verdict = isProtected || !string.IsNullOrEmpty(body.Pin) ? await Verdict(id, body.Pin, key) : PinVerdict.NotSet;
        // Whoever makes her type it sees a success, and nothing of what he wanted is kept.
        if (verdict is PinVerdict.Duress) return Answer(await alerts.Add(new AddToAlert { UnderDuress = true, By = Domain.Alerts.Consent.Survivor, KeyMac = keyMac, BodyMac = bodyMac }), before);

        if (isProtected && before is null && !May(verdict, alert)) return Problem.Of(Refusal.PinRequired);
        var contact = await NewContact(id, body);
        // Without a PIN, what is empty may be filled and what she said first stays.
        if (contact is { First: false } && verdict is not PinVerdict.Right) return Problem.Of(Refusal.PinRequired);
        var answer = await alerts.Add(addition with { Authorised = isProtected });
        if (answer.Refused is null && contact is not null)
        {
            var sealed_ = new SessionAddition(tenant.Id, vault.SessionKey(id).Seal(Fields.ContactName, contact.Contact), null, null);
            if (await grains.GetGrain<ISurvivorSessionGrain>(id).Add(sealed_, verdict is PinVerdict.Right) is { } refused) return Problem.Of(refused);
            if (!alert.Exercise) numbers.Note(id, alert.Line, contact.Contact);
        }

        return Answer(answer, before);
    }

    private AddToAlert Read(AdditionBody body, Alert alert, DataKey key, Consent? consent) => new()
    {
        Needs = body.Needs ?? [],
        Place = Fields.Place(body.Location) is { } place ? key.Seal(Fields.PlaceName, place) : null,
        Party = Fields.Party(body.Party) is { } party ? key.Seal(Fields.PartyName, party) : null,
        // A house asked from now on has to know who she said first that comes with her; what a call-taker was told since, the line tells it.
        Guests = alert.Party is not { } first ? Fields.Guests(body.Party, alert.Child)
            : body.Needs?.Contains(Need.Shelter) is true && alert.Beds?.Said is null ? Guests.With(key.Open(Fields.PartyName, first), alert.Child) : null,
        Note = string.IsNullOrWhiteSpace(body.Note) ? null : key.Seal(Fields.NoteName, body.Note),
        Exclusions = body.Exclusions is { } exclusions ? intake.Exclusions(exclusions, key) : null,
        WomenOnly = body.Exclusions?.WomenOnly is true,
        Reach = Fields.Reach(body.SafeContact),
        Consent = consent,
        WithdrawConsent = body.PoliceConsent.ValueKind is JsonValueKind.Null,
        By = Domain.Alerts.Consent.Survivor,
    };

    private Task<PinVerdict> Verdict(string id, string? pin, Guid? key) =>
        grains.GetGrain<ISurvivorSessionGrain>(id).CheckPin(string.IsNullOrEmpty(pin) ? null : macs.Pin(id, pin), key is { } named && !string.IsNullOrEmpty(pin) ? macs.Attempt(named, pin) : null);

    /// <summary>Absent and null mean different things for consent, and a format leaves both out.</summary>
    private static byte[] Canonical(AdditionBody body)
    {
        var said = body.PoliceConsent.ValueKind;
        return JsonSerializer.SerializeToUtf8Bytes(
            new { Said = said, Body = said is JsonValueKind.Undefined ? body with { PoliceConsent = JsonSerializer.SerializeToElement<object?>(null) } : body }, DispatchJson.Options);
    }

    private bool May(PinVerdict verdict, Alert alert) => verdict switch
    {
        PinVerdict.Right => true,
        PinVerdict.NotSet => clock.GetUtcNow() - alert.RaisedAt <= Adding.FreshFor,
        PinVerdict.Wrong or PinVerdict.Duress => false,
        _ => throw new System.Diagnostics.UnreachableException($"verdict {verdict}"),
    };

    /// <summary>Null where she gave none, or the one that is known already: a repeat after a lost answer must not be refused.</summary>
    private async Task<GivenContact?> NewContact(string id, AdditionBody body)
    {
        if (Fields.Contact(body.SafeContact) is not { } given) return null;
        var known = await grains.GetGrain<ISurvivorSessionGrain>(id).SafeContact();
        return known is not null && vault.SessionKey(id).Open(Fields.ContactName, known) == given ? null : new GivenContact(given, First: known is null);
    }

    /// <summary>A repeat is answered as the first time.</summary>
    private static IResult Answer(AnswerResult answer, KeyedAddition? before) =>
        answer.Refused is { } why ? Problem.Of(why) : Results.Ok(new AddedBody(before?.Version ?? answer.Version));

    private Consent? Consent(AdditionBody body, out bool readable)
    {
        readable = true;
        if (body.PoliceConsent.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) return null;
        try
        {
            var given = body.PoliceConsent.Deserialize<PoliceConsentBody>(WireJson.Options);
            readable = RaiseChecks.Fault(given) is null;
            return Fields.Consent(given, null, "web", null, clock.GetUtcNow());
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

    private sealed record GivenContact(SafeContact Contact, bool First);
}
