using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Survivors;

/// <summary>Turns what came in into a sealed command, and answers only after it is durable.</summary>
internal sealed class Intake(IGrainFactory grains, Tenant tenant, Vault vault, Macs macs, TimeProvider clock, ILogger<Intake> log)
{
    /// <param name="Refused">Null when the alert is open.</param>
    internal sealed record Outcome(string Id, Refusal? Refused, DateTimeOffset? ReceivedAt);

    /// <summary>From her own phone.</summary>
    public async Task<Outcome> FromHer(RaiseBody body, Guid key)
    {
        var area = tenant.AreaOrDefault(body.Area);
        // A drill is there to try the area's own line before the area is switched on.
        return await Raise(body, key, area, body.Exercise is true || await IsOn(area.Id) ? area.Line : tenant.AreaOrDefault(null).Line, by: null);
    }

    /// <summary>By a call-taker who has her on the line. What was composed elsewhere and earlier has no meaning here.</summary>
    public Task<Outcome> ByCallTaker(RaiseBody body, Guid key, string line, string by)
    {
        var named = tenant.AreaOrDefault(body.Area);
        return Raise(body with { ComposedAt = null }, key, named.Line == line ? named : tenant.AreaOfLine(line), line, by);
    }

    private async Task<Outcome> Raise(RaiseBody body, Guid key, AreaSettings area, string line, string? by)
    {
        var id = body.Id ?? key.ToString("D");
        var (dataKey, wrapped) = vault.NewAlertKey(id);
        var command = new RaiseAlert
        {
            Id = id,
            Tenant = tenant.Id,
            Organisation = tenant.Controller,
            Area = area.Id,
            Line = line,
            KeyMac = macs.IdempotencyKey(by ?? Consent.Survivor, key),
            BodyMac = macs.Body(JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options)),
            WrappedKey = wrapped,
            ComposedAt = body.ComposedAt,
            Needs = body.Needs ?? [],
            Modes = body.Modes ?? [],
            PoliceConsent = PoliceConsent(body, by),
            AgeBand = (AgeBand?)(int?)body.AgeBand,
            Language = body.Language ?? "fr",
            WomenOnly = body.Exclusions?.WomenOnly ?? false,
            Reach = Fields.Reach(body.SafeContact) ?? Reach.Unknown,
            Relay = by is not null && Fields.Relay(body.Relay) is { } relay ? dataKey.Seal(Fields.RelayName, relay) : null,
            RelayOrganisations = by is not null && body.Relay?.Organisation is { } named ? [.. tenant.OrganisationsNamed(named).Select(o => macs.Organisation(tenant.Id, o))] : [],
            Verification = by is null ? Verification.None : Fields.Relay(body.Relay) is null ? Fields.Verified(body.Channel) : Verification.Relay,
            Channel = by is null ? null : Fields.Channel(body.Channel),
            Agreed = Fields.Agreement(body.Agreement, by, body.Language, clock.GetUtcNow()),
            Exclusions = Exclusions(body.Exclusions, dataKey),
            Place = Fields.Place(body.Location) is { } place ? dataKey.Seal(Fields.PlaceName, place) : null,
            Party = Fields.Party(body.Party) is { } party ? dataKey.Seal(Fields.PartyName, party) : null,
            Guests = Fields.Guests(body.Party, body.AgeBand is not (null or AgeBandWord.Adult)),
            Note = string.IsNullOrWhiteSpace(body.Note) ? null : dataKey.Seal(Fields.NoteName, body.Note),
            Exercise = body.Exercise ?? false,
            DrillWindowOpen = body.Exercise is true && await DrillWindowOpen(area.Id),
            By = by,
            LimitsWording = by is null || string.IsNullOrWhiteSpace(body.LimitsWording) ? null : body.LimitsWording,
        };
        var result = await grains.GetGrain<IAlertGrain>(id).Raise(command);
        if (result.Refused is { } why) return new Outcome(id, why, null);
        // Only after the raise was accepted: who merely knows an alert's id must not be able to open its session with a PIN of his own.
        if (!string.IsNullOrEmpty(body.Pin) || !string.IsNullOrEmpty(body.DuressPin) || body.SafeContact is not null) await grains.GetGrain<ISurvivorSessionGrain>(id).Open(Session(body, id));
        return new Outcome(id, null, result.RaisedAt);
    }

    public Exclusions Exclusions(ExclusionsBody? body, DataKey key)
    {
        if (body is null) return new Exclusions();
        ImmutableArray<string> people = body.People ?? [], organisations = body.Organisations ?? [];
        return new Exclusions
        {
            Responders = [.. people.SelectMany(tenant.PeopleNamed).Distinct()],
            Organisations = [.. organisations.SelectMany(tenant.OrganisationsNamed).Distinct()],
            InHerWords = people.Length + organisations.Length > 0 ? [key.Seal(Fields.ExclusionsName, people.AddRange(organisations))] : [],
        };
    }

    public Consent? PoliceConsent(RaiseBody body, string? by)
    {
        if (body.PoliceConsent is null && body.Needs?.Contains(Need.Police) is not true) return null;
        return Fields.Consent(body.PoliceConsent, by, body.Language, clock.GetUtcNow(), body.Channel);
    }

    private SurvivorSession Session(RaiseBody body, string id) => new()
    {
        Tenant = tenant.Id,
        Language = body.Language ?? "fr",
        SafeContact = Fields.Contact(body.SafeContact) is { } contact ? vault.SessionKey(id).Seal(Fields.ContactName, contact) : null,
        PinHash = string.IsNullOrEmpty(body.Pin) ? null : macs.Pin(id, body.Pin),
        DuressPinHash = string.IsNullOrEmpty(body.DuressPin) ? null : macs.Pin(id, body.DuressPin),
    };

    /// <summary>Where nobody can say whether the area is on, the tenant's default line answers: nothing is refused to her, and a human sees it.</summary>
    private async Task<bool> IsOn(string area)
    {
        try
        {
            return await grains.GetGrain<IServiceAreaGrain>(area).IsOn();
        }
#pragma warning disable CA1031 // Not knowing which line is the better one must not cost her the alert.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "A service area did not say whether it is switched on; the default line takes the alert");
            return false;
        }
    }

    private async Task<bool> DrillWindowOpen(string area) =>
        await grains.GetGrain<IServiceAreaGrain>(area).Plan() is { Setup.DrillUntil: { } until } && clock.GetUtcNow() < until;
}
