using System.Text;
using Dispatch.Domain;
using Dispatch.Domain.Shelters;

namespace Dispatch.Web.Problems;

/// <summary>The stable codes of the contract. A code once published keeps its meaning and its status.</summary>
internal static class Code
{
    public const string InvalidBody = "invalid_body";
    public const string InvalidKey = "invalid_key";
    public const string InvalidNumber = "invalid_number";
    public const string NotSignedIn = "not_signed_in";
    public const string BadCredentials = "bad_credentials";
    public const string LockedOut = "locked_out";
    public const string WrongPin = "wrong_pin";
    public const string PinTooEasy = "pin_too_easy";
    public const string NotAllowed = "not_allowed";
    public const string GuardMissing = "guard_missing";
    public const string PasswordChangeRequired = "password_change_required";
    public const string NotFound = "not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string PayloadTooLarge = "payload_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string TooManyRequests = "too_many_requests";
    public const string InternalError = "internal_error";
    public const string AreaNotReady = "area_not_ready";
    public const string DrillNotPassed = "drill_not_passed";
    public const string ProtocolInvalid = "protocol_invalid";
    public const string ProtocolNotDraft = "protocol_not_draft";
    public const string ProtocolNeeded = "protocol_needed";
    public const string ProtocolBookFull = "protocol_book_full";
    public const string NotConfigured = "not_configured";
    public const string RosterInvalid = "roster_invalid";
    public const string RosterStale = "roster_stale";
    public const string RosterFull = "roster_full";
    public const string NotRostered = "not_rostered";
    public const string SwapAnswered = "swap_answered";
    public const string CharterNeeded = "charter_needed";
    public const string SandboxOnly = "sandbox_only";
    public const string WebhookRefused = "webhook_refused";
    public const string KeysFull = "keys_full";
    public const string Busy = "busy";
    public const string Unavailable = "unavailable";

    private static readonly Dictionary<string, int> Statuses = new()
    {
        [InvalidBody] = 400, [InvalidKey] = 400, [InvalidNumber] = 422, [NotSignedIn] = 401, [BadCredentials] = 401, [LockedOut] = 423, [WrongPin] = 422, [PinTooEasy] = 422, [NotAllowed] = 403, [GuardMissing] = 403, [PasswordChangeRequired] = 403,
        [NotFound] = 404, [MethodNotAllowed] = 405, [PayloadTooLarge] = 413, [UnsupportedMediaType] = 415, [TooManyRequests] = 429,
        [AreaNotReady] = 409, [DrillNotPassed] = 409, [NotConfigured] = 409, [ProtocolInvalid] = 422, [ProtocolNotDraft] = 409, [ProtocolNeeded] = 409, [ProtocolBookFull] = 409,
        [RosterInvalid] = 422, [RosterStale] = 409, [RosterFull] = 409, [NotRostered] = 409, [CharterNeeded] = 409, [SandboxOnly] = 403, [WebhookRefused] = 422, [KeysFull] = 409, [SwapAnswered] = 409, [InternalError] = 500, [Busy] = 503, [Unavailable] = 503,
    };

    private static readonly Dictionary<Refusal, int> Refusals = new()
    {
        [Refusal.NotFound] = 404, [Refusal.KeyReused] = 422, [Refusal.IdTaken] = 409, [Refusal.TooOld] = 422, [Refusal.ExerciseOutsideWindow] = 422,
        [Refusal.AlreadyFilled] = 409, [Refusal.OfferClosed] = 409, [Refusal.Ended] = 409, [Refusal.ModeNotOffered] = 422, [Refusal.WrongProgress] = 409,
        [Refusal.PinRequired] = 403, [Refusal.TooMany] = 422, [Refusal.TakenByOther] = 409, [Refusal.NotYours] = 409, [Refusal.ItemClosed] = 409,
        [Refusal.EtaOutOfRange] = 422, [Refusal.PairMissing] = 409, [Refusal.ConsentMissing] = 422, [Refusal.ReasonRequired] = 422, [Refusal.NotAllowedHere] = 403,
        [Refusal.NoBed] = 409, [Refusal.PartyUnknown] = 422, [Refusal.HeldAlready] = 409,
        [Refusal.SecondPersonRequired] = 403, [Refusal.AlreadyReviewed] = 409, [Refusal.NothingToDecide] = 409, [Refusal.LimitsNotSaid] = 409, [Refusal.DuressUndecided] = 409,
    };

    private static readonly Dictionary<BedRefusal, int> BedRefusals = new()
    {
        [BedRefusal.NotFound] = 404, [BedRefusal.Invalid] = 422, [BedRefusal.NoBed] = 409, [BedRefusal.DoesNotFit] = 409, [BedRefusal.HoldOver] = 409, [BedRefusal.TooLate] = 409, [BedRefusal.IdTaken] = 409,
        [BedRefusal.Full] = 409, [BedRefusal.NotConfirmed] = 409, [BedRefusal.AlreadyBooked] = 409, [BedRefusal.PersonRequired] = 409, [BedRefusal.StillThere] = 409, [BedRefusal.NotThere] = 409,
        [BedRefusal.Stale] = 409, [BedRefusal.BelowPromised] = 409, [BedRefusal.BelowStays] = 409, [BedRefusal.ReasonRequired] = 422, [BedRefusal.NoAddress] = 409, [BedRefusal.NotBooked] = 409,
        [BedRefusal.AlreadyGiven] = 409, [BedRefusal.NotReleased] = 403, [BedRefusal.TooMany] = 422,
    };

    private static readonly Dictionary<string, int> All = Refusals.Select(r => (Code: Of(r.Key), Status: r.Value))
        .Concat(BedRefusals.Select(r => (Code: Of(r.Key), Status: r.Value)))
        .Concat(Statuses.Select(s => (Code: s.Key, Status: s.Value)))
        .DistinctBy(c => c.Code)
        .ToDictionary(c => c.Code, c => c.Status);

    public static int StatusOf(string code) => All[code];

    public static string Of(Refusal refusal) => Word(refusal.ToString());

    public static string Of(BedRefusal refusal) => Word(refusal.ToString());

    private static string Word(string name)
    {
        var code = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && code.Length > 0) code.Append('_');
            code.Append(char.ToLowerInvariant(letter));
        }

        return code.ToString();
    }

    /// <summary>The code of an answer that the framework made without saying more than a status.</summary>
    public static string ForStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => InvalidBody,
        StatusCodes.Status401Unauthorized => NotSignedIn,
        StatusCodes.Status403Forbidden => NotAllowed,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => PayloadTooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= 400 and < 500 => InvalidBody,
        _ => InternalError,
    };
}
