using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;

namespace Dispatch.Web.Survivors;

/// <summary>The sealed fields by name, and how what came in becomes what is sealed.</summary>
internal static class Fields
{
    public const string PlaceName = "place";
    public const string RelayName = "relay";
    public const string PartyName = "party";
    public const string NoteName = "note";
    public const string ExclusionsName = "exclusions";
    public const string ContactName = "safeContact";

    /// <summary>The wording of a page that did not say which one it showed.</summary>
    public const string UnknownWording = "unknown";

    public static Place? Place(LocationBody? l) =>
        l is null or { Latitude: null, Longitude: null, Landmark: null } ? null : new Place(l.Latitude, l.Longitude, l.AccuracyMeters, l.Landmark);

    public static Relay? Relay(RelayBody? r) => r is null or { Name: null, Organisation: null, Number: null } ? null : new Relay(r.Name, r.Organisation, r.Number);

    public static RelayBody Body(Relay r) => new(r.Name, r.Organisation, r.Number);

    public static Party? Party(PartyBody? p) => p is null ? null : new Party(p.Adults, p.Children ?? [], p.Pregnant, p.Wheelchair, p.Boys);

    /// <summary>The party as a house has to know it. Null where she said nothing of who comes with her.</summary>
    public static Guests? Guests(PartyBody? p, bool child) => Party(p) is { } party ? Domain.Shelters.Guests.With(party, child) : null;

    public static SafeContact? Contact(SafeContactBody? c) =>
        c is null ? null : new SafeContact(c.Channel, c.Number, c.HoursFrom, c.HoursTo, c.CodeWord, c.Voicemail ?? false, c.IfDropped);

    /// <summary>All that the alert itself learns of her contact. Null where she said nothing about it.</summary>
    public static Reach? Reach(SafeContactBody? c) => c?.Channel switch
    {
        null => null,
        // A channel without a number reaches nobody; only "do not contact me" needs none.
        ContactChannel.Call or ContactChannel.Sms when string.IsNullOrWhiteSpace(c.Number) => null,
        ContactChannel.Call => Domain.Alerts.Reach.Call,
        ContactChannel.Sms => Domain.Alerts.Reach.Sms,
        ContactChannel.None => Domain.Alerts.Reach.None,
        var channel => throw new System.Diagnostics.UnreachableException($"channel {channel}"),
    };

    public static LocationBody Body(Place p) => new(p.Latitude, p.Longitude, p.AccuracyMeters, p.Landmark);

    public static PartyBody Body(Party p) => new(p.Adults, p.Children, p.Pregnant, p.Wheelchair, p.Boys);

    public static SafeContactBody Body(SafeContact c) => new(c.Channel, c.Number, c.HoursFrom, c.HoursTo, c.CodeWord, c.Voicemail, c.IfDropped);

    /// <param name="by">The call-taker who asked her; null for a relay, whose name is sealed.</param>
    public static Agreement? Agreement(AgreedBody? agreed, string? by, string? language, DateTimeOffset now) =>
        agreed is null ? null : new Agreement(agreed.How ?? AgreedHow.HerWord, now, agreed.WordingVersion ?? UnknownWording, agreed.Language ?? language ?? "fr") { By = by };

    public static IntakeChannel Channel(CallChannel? channel) => channel switch
    {
        null or CallChannel.Call => IntakeChannel.Call,
        CallChannel.WalkIn => IntakeChannel.WalkIn,
        CallChannel.Text => IntakeChannel.Text,
        CallChannel.Other => IntakeChannel.Other,
        _ => throw new System.Diagnostics.UnreachableException($"channel {channel}"),
    };

    /// <summary>How sure a call-taker may be of who asks: who only wrote was neither heard nor seen.</summary>
    public static Verification Verified(CallChannel? channel) => channel switch
    {
        null or CallChannel.Call => Verification.Voice,
        CallChannel.WalkIn => Verification.InPerson,
        CallChannel.Text or CallChannel.Other => Verification.None,
        _ => throw new System.Diagnostics.UnreachableException($"channel {channel}"),
    };

    /// <param name="by">Who took it down; null for herself.</param>
    public static Consent Consent(PoliceConsentBody? consent, string? by, string channel, string? language, DateTimeOffset now) => new(
        DisclosureBasis.Consent, by ?? Domain.Alerts.Consent.Survivor, now, channel,
        consent?.WordingVersion ?? UnknownWording, consent?.Language ?? language ?? "fr");
}
