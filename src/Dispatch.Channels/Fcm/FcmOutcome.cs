using Dispatch.Domain.Channels;
using FirebaseAdmin;
using FirebaseAdmin.Messaging;

namespace Dispatch.Channels.Fcm;

/// <summary>What became of one message to one token.</summary>
/// <param name="Dead">The token is nobody's any more.</param>
internal sealed record FcmOutcome(DeliveryResult Result, bool Dead = false)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>What Google asks for where a refusal for quota names no time.</summary>
    private static readonly TimeSpan AfterQuota = TimeSpan.FromMinutes(1);

    /// <summary>A right that was withdrawn: somebody has to act, and then it should go out.</summary>
    private static readonly TimeSpan AfterNoAccess = TimeSpan.FromSeconds(30);

    /// <summary>Null where it was taken.</summary>
    public string? Why => Result switch
    {
        DeliveryResult.Later later => later.Why,
        DeliveryResult.Never never => never.Why,
        _ => null,
    };

    /// <param name="overdue">The deadline passed meanwhile; the library reports a send that was cut off as any other failure.</param>
    public static FcmOutcome Of(SendResponse response, DateTimeOffset now, bool overdue)
    {
        if (response.IsSuccess) return new FcmOutcome(new DeliveryResult.Sent(response.MessageId));
        var failure = response.Exception;
        return failure.MessagingErrorCode switch
        {
            MessagingErrorCode.Unregistered => Gone("unregistered"),
            MessagingErrorCode.InvalidArgument when IsAboutToken(failure) => Gone("invalidToken"),
            // Both may as well be our own mistake, made with every phone: none is forgotten for it.
            MessagingErrorCode.InvalidArgument => Refused("refused"),
            MessagingErrorCode.SenderIdMismatch => Refused("otherProject"),
            MessagingErrorCode.ThirdPartyAuthError => Refused("notAndroid"),
            MessagingErrorCode.QuotaExceeded => Again(RetryAfter(failure, now) ?? AfterQuota, "quota"),
            MessagingErrorCode.Unavailable or MessagingErrorCode.Internal => Again(RetryAfter(failure, now) ?? Soon, "serverError"),
            _ => WithoutCode(failure, now, overdue),
        };
    }

    private static FcmOutcome WithoutCode(FirebaseMessagingException failure, DateTimeOffset now, bool overdue) => failure.ErrorCode switch
    {
        ErrorCode.ResourceExhausted => Again(RetryAfter(failure, now) ?? AfterQuota, "quota"),
        // The library takes a new access token by then; one that ran out costs no more than this.
        ErrorCode.Unauthenticated => Again(Soon, "noAccess"),
        ErrorCode.PermissionDenied => Again(AfterNoAccess, "noAccess"),
        _ when overdue && failure.HttpResponse is null => Again(Soon, "timeout"),
        _ when failure.HttpResponse is { } answer && (int)answer.StatusCode >= 500 => Again(RetryAfter(failure, now) ?? Soon, "serverError"),
        _ => Again(Soon, failure.HttpResponse is null ? "noConnection" : "unclear"),
    };

    /// <summary>One code stands for a malformed token and for a malformed message; only the words tell them apart.</summary>
    private static bool IsAboutToken(FirebaseMessagingException failure) => failure.Message.Contains("registration token", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? RetryAfter(FirebaseMessagingException failure, DateTimeOffset now)
    {
        var said = failure.HttpResponse?.Headers.RetryAfter;
        var wait = said?.Delta ?? (said?.Date - now);
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static FcmOutcome Gone(string why) => new(new DeliveryResult.Never(why), Dead: true);

    private static FcmOutcome Refused(string why) => new(new DeliveryResult.Never(why));

    private static FcmOutcome Again(TimeSpan after, string why) => new(new DeliveryResult.Later(after, why));
}
