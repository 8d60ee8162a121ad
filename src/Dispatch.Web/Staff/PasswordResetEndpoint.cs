using Dispatch.Channels.Live;
using Dispatch.Grains.Accounts;
using Dispatch.Web.Audit;
using Dispatch.Web.Hosting;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Staff;

internal static class PasswordResetEndpoint
{
    public static void MapPasswordReset(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/accounts/password-reset", Reset).RequireAuthorization(Policies.Administrator).RequireRateLimiting(RateLimits.Staff).WithTags("Staff")
            .WithDescription("For somebody who forgot her password. The answer is shown once and kept nowhere.")
            .Produces<OneTimePasswordBody>()
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable);

    /// <summary>Ends what a sign-out ends, in the same order: the sessions first, so that whatever fails after it, nobody goes on as her.</summary>
    private static async Task<IResult> Reset(
        PasswordResetBody body, HttpContext http, IGrainFactory grains, Tenant tenant, Macs macs, Passwords passwords, ILiveRelay live, DutyDesk duty, DeviceDesk devices, IAudit audit, IIds ids)
    {
        var me = http.Staff().Account;
        if (string.IsNullOrWhiteSpace(body.UserName)) return Problem.Of(Code.InvalidBody, "userName");
        var account = macs.AccountId(tenant.Id, body.UserName);
        if (body.UserName.Length > Bounds.UserName || !tenant.Lists(account)) return Problem.Of(Code.NotFound);
        // Her own she changes with the old one: an administrator's open session on a shared machine must not be a way round it.
        if (account == me) return Problem.Of(Code.NotAllowed, "Change your own password with PUT /api/v1/me/password.");
        var grain = grains.GetGrain<IAccountGrain>(account);
        if (await grain.Profile() is not { } profile) return Problem.Of(Code.NotFound);

        var made = OneTimePassword.Make(ids);
        await audit.Write(me, "password.reset", subject: account);
        await grain.ResetPassword(passwords.Hash(made));
        await live.Cut(new CutOff(account));
        // Both are tried, whichever fails; repeating the reset repeats them.
        await Task.WhenAll(duty.End(me, account, profile), devices.ForgetPushes(account, by: me));
        return Results.Ok(new OneTimePasswordBody(made));
    }
}

/// <param name="UserName">Here and not in the path: addresses stand in the logs of proxies.</param>
public sealed record PasswordResetBody(string UserName);

/// <param name="Password">Opens nothing but the choice of the next one.</param>
public sealed record OneTimePasswordBody(string Password);
