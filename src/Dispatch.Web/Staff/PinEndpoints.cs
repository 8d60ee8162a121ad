using Dispatch.Domain.Accounts;
using Dispatch.Grains.Accounts;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Orleans;

namespace Dispatch.Web.Staff;

internal static class PinEndpoints
{
    public static void MapPin(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/v1/me").RequireAuthorization(Policies.Staff).RequireRateLimiting(RateLimits.Staff).WithTags("Staff");
        me.MapGet("/pin", State)
            .Produces<PinStateBody>()
            .Refuses(Code.NotSignedIn, Code.TooManyRequests, Code.Unavailable);
        me.MapPut("/pin", Set)
            .WithDescription("Four to eight digits, for a shared tablet and for texts. The password is needed, and lifts a lock of the PIN before.")
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(Code.InvalidBody, Code.PinTooEasy, Code.NotSignedIn, Code.BadCredentials, Code.GuardMissing, Code.LockedOut, Code.TooManyRequests, Code.Unavailable);
    }

    private static async Task<IResult> State(HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var pin = await grains.GetGrain<IAccountGrain>(http.Staff().Account).Pin();
        DateTimeOffset? Ahead(DateTimeOffset? until) => until > clock.GetUtcNow() ? until : null;
        return Results.Ok(new PinStateBody(pin.IsSet, Ahead(pin.LockedUntil), Ahead(pin.TextsLockedUntil)));
    }

    private static async Task<IResult> Set(PinBody body, HttpContext http, IGrainFactory grains, PinDesk pins, Passwords passwords, IAudit audit, TimeProvider clock)
    {
        if (!StaffPins.IsPin(body.Pin)) return Problem.Of(Code.InvalidBody, "pin");
        if (body.Password is not { Length: > 0 and <= Bounds.Password } password) return Problem.Of(Code.InvalidBody, "password");
        if (StaffPins.IsTrivial(body.Pin!)) return Problem.Of(Code.PinTooEasy);
        var me = http.Staff();
        var account = grains.GetGrain<IAccountGrain>(me.Account);
        // Counted like a sign-in: an open session on a shared tablet must not become a way to find the password.
        var challenge = await account.BeginSignIn();
        if (challenge?.LockedUntil is { } until) return Problem.Of(Code.LockedOut, retryAfter: until - clock.GetUtcNow());
        if (!passwords.Verify(challenge?.PasswordHash, password))
        {
            await audit.Write(me.Account, "password.refused");
            return Problem.Of(Code.BadCredentials);
        }

        await pins.Set(me.Account, body.Pin!);
        return Results.NoContent();
    }
}

/// <param name="Password">Hers, of the sign-in.</param>
public sealed record PinBody(string? Pin, string? Password);

/// <param name="LockedUntil">Until then no PIN is looked at on a tablet.</param>
/// <param name="TextsLockedUntil">Until then none is looked at in a text.</param>
public sealed record PinStateBody(bool Set, DateTimeOffset? LockedUntil, DateTimeOffset? TextsLockedUntil);
