using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Contacts;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Survivors;

/// <summary>Turns what came in into a sealed command, and answers only after it is durable.</summary>
internal sealed class Intake(IGrainFactory grains, Tenant tenant, Vault vault, Macs macs, NamedNumbers numbers, NumberMarks marks, TimeProvider clock, ILogger<Intake> log)
{
    /// <param name="Refused">Null when the alert is open.</param>
    internal sealed record Outcome(string Id, Refusal? Refused, DateTimeOffset? ReceivedAt);

    /// <summary>From her own phone.</summary>
    public async Task<Outcome> FromHer(RaiseBody body, Guid key)
    {
        var area = tenant.AreaOrDefault(body.Area);
        // A drill is there to try the area's own line before the area is switched on.
        return await Raise(body, key, area, await LineFor(area, body), new Origin(Consent.Survivor, null, "web"));
    }

    /// <summary>From another programme's app: for everybody here the same as from her own phone.</summary>
    /// <param name="id">Of the alert; the partner does not choose it.</param>
    public async Task<Outcome> FromPartner(RaiseBody body, Guid key, string partner, string id)
    {
        var area = tenant.AreaOrDefault(body.Area);
        return await Raise(body with { Id = id }, key, area, await LineFor(area, body), new Origin("partner:" + partner, null, "partner") { Intake = IntakeChannel.Partner });
    }

    /// <summary>By somebody who is with her and signed in as a relay. What is not asked there has no meaning here.</summary>
    /// <param name="home">The area that is meant where she named none.</param>
    public async Task<Outcome> ByRelay(RaiseBody body, Guid key, Relay relay, string organisation, string? home, Agreement agreed)
    {
        var area = tenant.AreaOrDefault(body.Area ?? home);
        var plain = body with { Id = null, Pin = null, DuressPin = null, Note = null, Modes = null };
        return await Raise(plain, key, area, await LineFor(area, body), new Origin(relay.Account!, Relaying.By, "relay") { Relay = relay, Organisations = [organisation], Verification = Verification.Relay, Intake = IntakeChannel.Relay, Agreed = agreed });
    }

    /// <summary>By a call-taker who has her on the line. What was composed elsewhere and earlier has no meaning here.</summary>
    public Task<Outcome> ByCallTaker(RaiseBody body, Guid key, string line, string by)
    {
        var named = tenant.AreaOrDefault(body.Area);
        var relay = Fields.Relay(body.Relay);
        return Raise(body with { ComposedAt = null }, key, named.Line == line ? named : tenant.AreaOfLine(line), line, new Origin(by, by, body.Channel is null or CallChannel.Call ? "voice" : EnumWords.Of(body.Channel.Value))
        {
            Relay = relay,
            Organisations = relay?.Organisation is { } organisation ? [.. tenant.OrganisationsNamed(organisation)] : [],
            Verification = relay is null ? Fields.Verified(body.Channel) : Verification.Relay,
            Intake = Fields.Channel(body.Channel),
            Agreed = Fields.Agreement(body.Agreed, by, body.Language, clock.GetUtcNow()),
            TookDown = by,
        });
    }

    private async Task<Outcome> Raise(RaiseBody body, Guid key, AreaSettings area, string line, Origin from)
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
            KeyMac = macs.IdempotencyKey(from.Keys, key),
            BodyMac = macs.Body(JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options)),
            WrappedKey = wrapped,
            ComposedAt = body.ComposedAt,
            Needs = body.Needs ?? [],
            Modes = body.Modes ?? [],
            PoliceConsent = PoliceConsent(body, from),
            AgeBand = (AgeBand?)(int?)body.AgeBand,
            Language = body.Language ?? "fr",
            WomenOnly = body.Exclusions?.WomenOnly ?? false,
            Reach = Fields.Reach(body.SafeContact) ?? Reach.Unknown,
            IfDropped = from.TookDown is null ? null : body.SafeContact?.IfDropped,
            Relay = from.Relay is { } relay ? dataKey.Seal(Fields.RelayName, relay) : null,
            RelayOrganisations = [.. from.Organisations.Select(o => macs.Organisation(tenant.Id, o))],
            Agreed = from.Agreed,
            Verification = from.Verification,
            Channel = from.Intake,
            Exclusions = Exclusions(body.Exclusions, dataKey),
            Place = Fields.Place(body.Location) is { } place ? dataKey.Seal(Fields.PlaceName, place) : null,
            Party = Fields.Party(body.Party) is { } party ? dataKey.Seal(Fields.PartyName, party) : null,
            Guests = Fields.Guests(body.Party, body.AgeBand is not (null or AgeBandWord.Adult)),
            Note = string.IsNullOrWhiteSpace(body.Note) ? null : dataKey.Seal(Fields.NoteName, body.Note),
            Exercise = body.Exercise ?? false,
            DrillWindowOpen = body.Exercise is true && await DrillWindowOpen(area.Id),
            By = from.By,
            LimitsWording = from.By is null || string.IsNullOrWhiteSpace(body.LimitsWording) ? null : body.LimitsWording,
        };
        var result = await grains.GetGrain<IAlertGrain>(id).Raise(command);
        if (result.Refused is { } why) return new Outcome(id, why, null);
        // Only after the raise was accepted: who merely knows an alert's id must not be able to open its session with a PIN of his own.
        if (!string.IsNullOrEmpty(body.Pin) || !string.IsNullOrEmpty(body.DuressPin) || body.SafeContact is not null) await grains.GetGrain<ISurvivorSessionGrain>(id).Open(Session(body, id));
        if (from.TookDown is { } taker && body.Exercise is not true) await marks.Mark(line, Fields.Contact(body.SafeContact), taker, id);
        if (from.By is null && body.Exercise is not true)
        {
            numbers.Note(id, line, Fields.Contact(body.SafeContact));
            numbers.Arrived(id, line);
        }

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

    /// <summary>Who asks for the police agrees that they are told. A relay asks for somebody else: only what was said counts.</summary>
    private Consent? PoliceConsent(RaiseBody body, Origin from)
    {
        if (body.PoliceConsent is null && (from.By == Relaying.By || body.Needs?.Contains(Need.Police) is not true)) return null;
        return Fields.Consent(body.PoliceConsent, from.By, from.Channel, body.Language, clock.GetUtcNow());
    }

    private async Task<string> LineFor(AreaSettings area, RaiseBody body) => body.Exercise is true || await IsOn(area.Id) ? area.Line : tenant.AreaOrDefault(null).Line;

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

    /// <summary>Where it came in.</summary>
    /// <param name="Keys">Whose idempotency keys these are: nobody's repeat is another's.</param>
    /// <param name="By">Who raises in her place; null for herself.</param>
    /// <param name="Channel">How she said that police may be told, where she did.</param>
    private sealed record Origin(string Keys, string? By, string Channel)
    {
        public Relay? Relay { get; init; }
        public ImmutableArray<string> Organisations { get; init; } = [];
        public Verification Verification { get; init; } = Verification.None;
        public IntakeChannel? Intake { get; init; }
        public Agreement? Agreed { get; init; }

        /// <summary>The call-taker who asked her how she may be reached.</summary>
        public string? TookDown { get; init; }
    }
}
