using System.Globalization;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Hotline;

/// <summary>On what ground police or armed forces may learn of an alert, as a named person of the line records it, and the second person's look at it.</summary>
internal static class DisclosureEndpoints
{
    public static void MapDisclosures(this RouteGroupBuilder alert)
    {
        alert.MapPost("/disclosures", Record).Produces<VersionBody>()
            .WithDescription("Consent as she said it to a call-taker, or a human's act, which a second person reviews within 24 hours.")
            .Refuses(Code.InvalidBody, Code.Of(Refusal.NotAllowedHere), Code.Of(Refusal.ReasonRequired), Code.Of(Refusal.Ended), Code.Of(Refusal.TooMany));
        alert.MapDelete("/disclosures/{no}", TakeBack).Produces<VersionBody>()
            .WithDescription("She takes her consent back on the line, or a human takes back what a human decided. Without another basis, police and armed forces lose access in the same decision. It stays on record.")
            .Refuses(Code.Of(Refusal.Ended));
        alert.MapPost("/disclosures/{no}/review", Review).RequireAuthorization(Policies.Supervisor).Produces<VersionBody>()
            .Refuses(Code.InvalidBody, Code.Of(Refusal.SecondPersonRequired), Code.Of(Refusal.AlreadyReviewed));
    }

    private static Task<IResult> Record(string id, DisclosureBody body, AlertDesk desk, HttpContext http, TimeProvider clock)
    {
        if (Fault(body) is { } member) return Task.FromResult<IResult>(Problem.Of(Code.InvalidBody, member));
        return desk.Decide(id, http.Staff(), "disclosure.record", null, EnumWords.Of(body.Basis), (alert, me) => alert.Add(new AddToAlert
        {
            Consent = new Consent(body.Basis, me, clock.GetUtcNow(), EnumWords.Of(body.Channel), body.WordingVersion ?? "", body.Language ?? "fr", body.Reason),
            Authorised = true,
            By = me,
        }));
    }

    private static Task<IResult> TakeBack(string id, string no, AlertDesk desk, HttpContext http) =>
        Number(no) is { } number
            ? desk.Decide(id, http.Staff(), "disclosure.takeBack", no, null, (alert, me) => alert.Add(new AddToAlert { TakesBack = number, Authorised = true, By = me }))
            : Task.FromResult<IResult>(Problem.Of(Code.NotFound));

    private static Task<IResult> Review(string id, string no, ReviewBody body, AlertDesk desk, HttpContext http) =>
        Number(no) is { } number
            ? desk.Decide(id, http.Staff(), "disclosure.review", no, EnumWords.Of(body.Outcome), (alert, me) => alert.Review(new ReviewDisclosure(number, me, body.Outcome)))
            : Task.FromResult<IResult>(Problem.Of(Code.NotFound));

    private static int? Number(string no) => int.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A consent is worth what she was told: which words, in which language.</summary>
    private static string? Fault(DisclosureBody body) =>
        !IsCode(body.Reason) ? "reason"
        : body.Basis is DisclosureBasis.Consent && string.IsNullOrWhiteSpace(body.WordingVersion) ? "wordingVersion"
        : body.Basis is DisclosureBasis.Consent && string.IsNullOrWhiteSpace(body.Language) ? "language"
        : body.WordingVersion?.Length > Bounds.Wording ? "wordingVersion"
        : body.Language?.Length > Bounds.Language ? "language"
        : null;

    /// <summary>What is recorded beside an act is not sealed and so never says more than a word of a list.</summary>
    internal static bool IsCode(string? text) => text is null || (text.Length <= Bounds.ReasonCode && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
}

/// <param name="Reason">A code; required for every basis but consent.</param>
/// <param name="WordingVersion">Which text was read to her; required for consent.</param>
/// <param name="Language">In which it was read; required for consent.</param>
public sealed record DisclosureBody(string? Reason = null, string? WordingVersion = null, string? Language = null)
{
    public required DisclosureBasis Basis { get; init; }
    public SpokenHow Channel { get; init; } = SpokenHow.Voice;
}

public sealed record ReviewBody
{
    public required ReviewOutcome Outcome { get; init; }
}
