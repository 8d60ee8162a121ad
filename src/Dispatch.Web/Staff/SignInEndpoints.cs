using System.Buffers.Text;
using Dispatch.Channels.Live;
using Dispatch.Domain.Accounts;
using Dispatch.Grains.Accounts;
using Dispatch.Web.Audit;
using Dispatch.Web.Hosting;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Staff;

internal static class SignInEndpoints
{
    /// <summary>One long shift and the way home; after that one signs in again.</summary>
    private static readonly TimeSpan SessionFor = TimeSpan.FromHours(14);

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Staff");
        api.MapPost("/sign-in", SignIn).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn)
            .Produces<SignedInBody>()
            .Refuses(Code.InvalidBody, Code.BadCredentials, Code.LockedOut, Code.TooManyRequests, Code.Busy, Code.Unavailable);
        api.MapPost("/sign-out", SignOut).RequireAuthorization(Policies.Staff).RequireRateLimiting(RateLimits.Staff)
            .WithMetadata(new BeforePasswordChange())
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(Code.NotSignedIn, Code.GuardMissing, Code.TooManyRequests, Code.Unavailable);
    }

    private static async Task<IResult> SignIn(
        SignInBody body, HttpContext http, IGrainFactory grains, Tenant tenant, Macs macs, Passwords passwords, Tickets tickets, SignInTries tries, NobodysTries nobody, IAudit audit, IIds ids,
        TimeProvider clock)
    {
        if (body.UserName is not { Length: > 0 and <= Bounds.UserName } userName || body.Password is not { Length: > 0 and <= Bounds.Password } password)
        {
            return Problem.Of(Code.InvalidBody, "userName and password are needed.");
        }

        if (!tries.Allowed(macs.SignInBucket(userName, http.Connection.RemoteIpAddress?.ToString() ?? ""), out var wait)) return Problem.Of(Code.TooManyRequests, retryAfter: wait);
        var account = macs.AccountId(tenant.Id, userName);
        var grain = grains.GetGrain<IAccountGrain>(account);
        var challenge = tenant.Lists(account) ? await grain.BeginSignIn() : await nobody.BeginSignIn(account);
        if (challenge?.LockedUntil is { } until) return Problem.Of(Code.LockedOut, retryAfter: until - clock.GetUtcNow());
        if (!passwords.Verify(challenge?.PasswordHash, password))
        {
            await (tenant.Lists(account) ? audit.Write(account, "signIn.refused") : nobody.Refused());
            return Problem.Of(Code.BadCredentials);
        }

        var session = new StaffSession(Base64Url.EncodeToString(ids.NewBytes(16)), clock.GetUtcNow() + SessionFor);
        await grain.CompleteSignIn(session);
        await audit.Write(account, "signIn");
        var token = tickets.Issue(new Ticket(account, session.Id, session.ExpiresAt));
        http.Response.Cookies.Append(StaffAuthentication.Cookie, token, CookieRules(http, session.ExpiresAt));
        return Results.Ok(new SignedInBody(token, session.ExpiresAt));
    }

    /// <summary>
    /// Ends the session, the duty and the push to phones: who signs out on a shared phone must not be rung on it any more. The session first: whatever fails after it, the
    /// phone that she hands on shows nothing.
    /// </summary>
    private static async Task<IResult> SignOut(HttpContext http, IGrainFactory grains, DutyDesk duty, DeviceDesk devices, ILiveRelay live, IAudit audit)
    {
        var staff = http.Staff();
        await grains.GetGrain<IAccountGrain>(staff.Account).EndSession(staff.Session);
        await live.Cut(new CutOff(staff.Account, staff.Session));
        http.Response.Cookies.Delete(StaffAuthentication.Cookie, CookieRules(http, null));
        await audit.Write(staff.Account, "signOut");
        // Both are tried, whichever fails.
        await Task.WhenAll(duty.End(staff.Account, staff.Account, staff.Profile), devices.ForgetPushes(staff.Account));
        return Results.NoContent();
    }

    private static CookieOptions CookieRules(HttpContext http, DateTimeOffset? until) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", Expires = until, IsEssential = true,
    };
}

public sealed record SignInBody(string? UserName, string? Password);

public sealed record SignedInBody(string AccessToken, DateTimeOffset ExpiresAt);
