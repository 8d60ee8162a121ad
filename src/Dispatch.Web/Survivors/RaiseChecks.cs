using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Web.Limits;

namespace Dispatch.Web.Survivors;

/// <summary>
/// The bounds of what comes in. The answer names the member and never repeats its value. Only what could not be stored is refused: a short PIN or an odd number is
/// worse than a good one and better than a lost alert.
/// </summary>
internal static class RaiseChecks
{
    /// <summary>The member that is out of bounds, or null.</summary>
    public static string? Fault(RaiseBody body) =>
        body.Id is { } id && !IsId(id) ? "id"
        : TooLong(body.Area, Bounds.Area) ? "area"
        : TooLong(body.Language, Bounds.Language) ? "language"
        : TooLong(body.Note, Bounds.Note) ? "note"
        : TooLong(body.LimitsWording, Bounds.Wording) ? "limitsWording"
        : !IsPin(body.Pin) ? "pin"
        : !IsPin(body.DuressPin) ? "duressPin"
        : Fault(body.Location) ?? Fault(body.Party) ?? Fault(body.Exclusions) ?? Fault(body.PoliceConsent) ?? Fault(body.Agreement) ?? Fault(body.SafeContact) ?? Fault(body.Relay);

    public static bool IsId(string id) =>
        id.Length is >= Bounds.IdMin and <= Bounds.IdMax && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public static string? Fault(LocationBody? location) =>
        location is null ? null
        : location.Latitude is < -90 or > 90 ? "location.latitude"
        : location.Longitude is < -180 or > 180 ? "location.longitude"
        : location.AccuracyMeters is < 0 or > 10_000_000 ? "location.accuracyMeters"
        : TooLong(location.Landmark, Bounds.Landmark) ? "location.landmark"
        : null;

    private static string? Fault(RelayBody? relay) =>
        relay is null ? null
        : TooLong(relay.Name, Bounds.RelayName) ? "relay.name"
        : TooLong(relay.Organisation, Bounds.RelayName) ? "relay.organisation"
        : TooLong(relay.Number, Bounds.Number) ? "relay.number"
        : null;

    public static string? Fault(PartyBody? party) =>
        party is null ? null
        : party.Adults is < 0 or > Bounds.Adults ? "party.adults"
        : !AreAges(party.Children) ? "party.children"
        : !AreAges(party.Boys) ? "party.boys"
        : null;

    private static bool AreAges(ImmutableArray<int>? ages) => ages is not { IsDefault: false } given || (given.Length <= Bounds.Children && given.All(age => age is >= 0 and <= 17));

    public static string? Fault(ExclusionsBody? exclusions) =>
        exclusions is null ? null
        : Fault(exclusions.People) ? "exclusions.people"
        : Fault(exclusions.Organisations) ? "exclusions.organisations"
        : null;

    public static string? Fault(PoliceConsentBody? consent) =>
        consent is null ? null
        : TooLong(consent.WordingVersion, Bounds.Wording) ? "policeConsent.wordingVersion"
        : TooLong(consent.Language, Bounds.Language) ? "policeConsent.language"
        : null;

    private static string? Fault(AgreementBody? agreed) =>
        agreed is null ? null
        : TooLong(agreed.WordingVersion, Bounds.Wording) ? "agreement.wordingVersion"
        : TooLong(agreed.Language, Bounds.Language) ? "agreement.language"
        : null;

    public static string? Fault(SafeContactBody? contact) =>
        contact is null ? null
        : TooLong(contact.Number, Bounds.Number) ? "safeContact.number"
        : !IsHour(contact.HoursFrom) ? "safeContact.hoursFrom"
        : !IsHour(contact.HoursTo) ? "safeContact.hoursTo"
        : TooLong(contact.CodeWord, Bounds.CodeWord) ? "safeContact.codeWord"
        : null;

    public static bool IsPin(string? pin) => pin is null or { Length: <= Bounds.Pin };

    private static bool IsHour(string? text) => text is null || TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool TooLong(string? text, int most) => text?.Length > most;

    private static bool Fault(ImmutableArray<string>? names) =>
        names is { IsDefault: false } given && (given.Length > Bounds.ExclusionsEach || given.Any(n => string.IsNullOrWhiteSpace(n) || n.Length > Bounds.ExclusionText));
}
