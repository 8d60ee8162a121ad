using System.Net;
using System.Security.Authentication;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.WebPush;

/// <summary>What became of one message to one browser.</summary>
/// <param name="Dead">The subscription is nobody's any more.</param>
/// <param name="Alarm">Our own key or message is refused: it will be with every phone, until somebody acts.</param>
internal sealed record WebPushOutcome(DeliveryResult Result, bool Dead = false, bool Alarm = false)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterQuota = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterNoAccess = TimeSpan.FromSeconds(30);

    /// <summary>Whatever a service asks for: after this, nobody waits for the message any more.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>Null where it was taken.</summary>
    public string? Why => Result switch
    {
        DeliveryResult.Later later => later.Why,
        DeliveryResult.Never never => never.Why,
        _ => null,
    };

    public static WebPushOutcome Of(HttpResponseMessage answer, DateTimeOffset now) => answer.StatusCode switch
    {
        HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted => new(new DeliveryResult.Sent()),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new(new DeliveryResult.Never("gone"), Dead: true),
        // Any phone's push services may answer so for a while after the key was changed: the notice is worth a repeat, and no phone is forgotten for it.
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(new DeliveryResult.Later(AfterNoAccess, "keyRefused"), Alarm: true),
        HttpStatusCode.TooManyRequests => Again(RetryAfter(answer, now) ?? AfterQuota, "quota"),
        HttpStatusCode.RequestTimeout => Again(Soon, "timeout"),
        // Where a subscription lives was said once, by the browser. Whoever sends us elsewhere is not followed.
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => new(new DeliveryResult.Never("redirect")),
        >= HttpStatusCode.InternalServerError => Again(RetryAfter(answer, now) ?? Soon, "serverError"),
        >= HttpStatusCode.BadRequest => new(new DeliveryResult.Never("refused"), Alarm: true),
        _ => Again(Soon, "unclear"),
    };

    /// <param name="overdue">The deadline passed meanwhile.</param>
    public static WebPushOutcome Of(Exception failure, bool overdue) => failure switch
    {
        _ when Inner(failure).Any(e => e is AddressRefusedException) => new(new DeliveryResult.Never("addressRefused")),
        _ when overdue => Again(Soon, "timeout"),
        _ when Inner(failure).Any(e => e is AuthenticationException) => Again(Soon, "notTrusted"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => Again(Soon, "noConnection"),
        _ => Again(Soon, "unclear"),
    };

    private static IEnumerable<Exception> Inner(Exception failure)
    {
        for (var each = failure; each is not null; each = each.InnerException) yield return each;
    }

    /// <summary>Seconds or a date; null for none, one that has passed, and one that cannot be read.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage answer, DateTimeOffset now)
    {
        var said = answer.Headers.RetryAfter;
        var wait = said?.Delta ?? (said?.Date - now);
        return wait > TimeSpan.Zero ? wait < LongestWait ? wait : LongestWait : null;
    }

    private static WebPushOutcome Again(TimeSpan after, string why) => new(new DeliveryResult.Later(after, why));
}
