using Dispatch.Channels.Live;
using Dispatch.Grains.Accounts;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Orleans;

namespace Dispatch.Web.Staff;

internal static class PasswordEndpoint
{
    public static void MapPassword(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/v1/me/password", Change).RequireAuthorization(Policies.Staff).RequireRateLimiting(RateLimits.Staff).WithTags("Staff")
            .WithMetadata(new BeforePasswordChange())
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.BadCredentials, Code.GuardMissing, Code.LockedOut, Code.TooManyRequests, Code.Unavailable);

    /// <summary>Ends her other sessions: who knew the old password is out.</summary>
    private static async Task<IResult> Change(PasswordBody body, HttpContext http, IGrainFactory grains, Passwords passwords, ILiveRelay live, IAudit audit, TimeProvider clock)
    {
        if (body.Current is not { Length: > 0 and <= Bounds.Password } current) return Problem.Of(Code.InvalidBody, "current");
        if (body.New is not { Length: >= Bounds.PasswordMin and <= Bounds.Password } wished || wished == current) return Problem.Of(Code.InvalidBody, "new");
        var (staff, account) = (http.Staff(), grains.GetGrain<IAccountGrain>(http.Staff().Account));
        // Counted like a sign-in: an open session on a shared phone must not become a way to find the password.
        var challenge = await account.BeginSignIn();
        if (challenge?.LockedUntil is { } until) return Problem.Of(Code.LockedOut, retryAfter: until - clock.GetUtcNow());
        if (!passwords.Verify(challenge?.PasswordHash, current))
        {
            await audit.Write(staff.Account, "password.refused");
            return Problem.Of(Code.BadCredentials);
        }

        await audit.Write(staff.Account, "password.change");
        await account.ChangePassword(passwords.Hash(wished), staff.Session);
        await live.Cut(new CutOff(staff.Account, staff.Session, Others: true));
        return Results.NoContent();
    }
}

public sealed record PasswordBody(string? Current, string? New);

/// <summary>May be used with a first password that somebody else made.</summary>
internal sealed record BeforePasswordChange;

internal static class PasswordGuard
{
    /// <summary>A first password has been through other hands: until its owner chose her own it opens nothing.</summary>
    public static void UsePasswordGuard(this IApplicationBuilder app) => app.Use(static (http, next) =>
        http.User.HasClaim(c => c.Type == StaffMembers.SessionClaim) && http.Features.Get<StaffMember>() is { MustChangePassword: true }
        && http.GetEndpoint() is { Metadata: var metadata } && metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>() is not null
        && metadata.GetMetadata<BeforePasswordChange>() is null && !http.User.HasClaim(c => c.Type == Survivors.SurvivorAuthentication.AlertClaim)
            ? Problem.Of(Code.PasswordChangeRequired).ExecuteAsync(http)
            : next(http));
}
