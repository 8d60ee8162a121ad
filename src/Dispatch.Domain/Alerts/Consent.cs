using System.Text.Json.Serialization;
using Dispatch.Domain.Organisations;

namespace Dispatch.Domain.Alerts;

/// <summary>On what ground police or armed forces may learn of this alert. Only consent is hers; the others are a human's act with a reason.</summary>
public enum DisclosureBasis { Consent = 1, BestInterest = 2, LegalDuty = 3, LifeThreat = 4 }

/// <summary>
/// One recorded basis for telling police-run, police-hosting or armed organisations. Withdrawing writes <see cref="WithdrawnAt"/>;
/// a basis is never deleted.
/// </summary>
/// <param name="By">"survivor", or the account that acted.</param>
/// <param name="WordingVersion">Which text she was shown or read.</param>
/// <param name="Reason">A code; required for every basis but consent, and reviewed within 24 hours.</param>
public sealed record Consent(
    DisclosureBasis Basis,
    string By,
    DateTimeOffset At,
    string Channel,
    string WordingVersion,
    string Language,
    string? Reason = null,
    DateTimeOffset? WithdrawnAt = null)
{
    public const string Survivor = "survivor";

    /// <summary>A second person looks at what a human decided in her place within this time.</summary>
    public static readonly TimeSpan ReviewWithin = TimeSpan.FromHours(24);

    public Review? Review { get; init; }

    /// <summary>Null for her own consent: nobody reviews what she wants.</summary>
    [JsonIgnore]
    public DateTimeOffset? ReviewDueAt => Basis is DisclosureBasis.Consent ? null : At + ReviewWithin;
}

public enum ReviewOutcome { Upheld = 1, Overturned = 2 }

public sealed record Review(string By, DateTimeOffset At, ReviewOutcome Outcome);

public static class Disclosure
{
    /// <summary>Whether this organisation may be told at all, on any path and for any need.</summary>
    public static bool Allows(Alert alert, OrganisationFacts recipient)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(recipient);
        return !recipient.NeedsBasis || HasBasis(alert);
    }

    public static bool HasBasis(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.Consents.Any(c => c.WithdrawnAt is null);
    }

    /// <summary>
    /// When the queue rings because nobody has reviewed what a human decided; null while it does. A withdrawn act is reviewed all the same:
    /// somebody was told. What was taken and forgotten rings again as late as what has just been decided.
    /// </summary>
    public static DateTimeOffset? NextReviewAt(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var due = alert.Consents.Where(c => c.Review is null).Select(c => c.ReviewDueAt);
        return alert.AlarmFor(RingReason.ReviewDue) switch
        {
            null => due.Min(),
            { Taken: { } taken } => due.Min(at => at <= taken.At ? taken.At + Consent.ReviewWithin : at),
            _ => null,
        };
    }
}
