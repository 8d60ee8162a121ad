using Dispatch.Web.Problems;

namespace Dispatch.Web.Survivors;

/// <summary>What the header says: a key, nothing (both null), or what is no key.</summary>
/// <param name="Text">As it was sent: a sealed body is bound to it.</param>
internal sealed record IdempotencyKey(string Text, Guid? Key, IResult? Refused)
{
    public const string Header = "Idempotency-Key";

    /// <summary>A create has a key.</summary>
    public static IdempotencyKey Required(HttpRequest request)
    {
        var text = request.Headers[Header].ToString();
        return Guid.TryParseExact(text, "D", out var key) ? new(text, key, null) : new(text, null, Problem.Of(Code.InvalidKey, $"{Header} must be a UUID."));
    }

    /// <summary>What can be repeated without one may come without one.</summary>
    public static IdempotencyKey Optional(HttpRequest request) =>
        request.Headers[Header].ToString().Length == 0 ? new("", null, null) : Required(request);
}
