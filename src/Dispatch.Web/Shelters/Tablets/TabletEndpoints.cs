using System.Buffers.Text;
using System.Collections.Immutable;
using Dispatch.Channels.Live;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Shelters;
using Dispatch.Web.Audit;
using Dispatch.Web.Hosting;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Shelters.Tablets;

/// <summary>One tablet for all staff of a house. Locked it may read counts and nothing else; unlocked with a PIN it acts in the name of whoever unlocked it.</summary>
internal static class TabletEndpoints
{
    /// <summary>A minute without a touch, and what a slow network adds; the page locks by itself before.</summary>
    public static readonly TimeSpan LocksAfter = TimeSpan.FromSeconds(70);

    private static readonly TimeSpan TabletFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan ShiftFor = TimeSpan.FromHours(14);

    public static void MapTablets(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/shelters/{id}/tablet", Make).RequireAuthorization(Policies.ShelterStaff).RequireRateLimiting(RateLimits.Staff).WithTags("Tablet")
            .Produces(StatusCodes.Status204NoContent)
            .WithDescription("Makes this browser the house's tablet, by a cookie, and signs her out of it. It is one for 90 days, until it is ended, or until she changes her password.")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.GuardMissing, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        var tablet = routes.MapGroup("/api/v1/tablet").WithTags("Tablet").Refuses(Code.NotSignedIn, Code.TooManyRequests, Code.Unavailable);
        tablet.MapGet("", Read).RequireAuthorization(Policies.Tablet).RequireRateLimiting(RateLimits.Staff).Produces<TabletBody>()
            .WithDescription("What a locked tablet shows: counts, and how many requests wait.");
        tablet.MapPost("/unlock", Unlock).RequireAuthorization(Policies.Tablet).RequireRateLimiting(RateLimits.SignIn).Produces<TabletPersonBody>()
            .WithDescription("By a PIN of one of the house's staff. It locks by itself 70 s after the last word that it is touched.")
            .Refuses(Code.InvalidBody, Code.GuardMissing, Code.WrongPin, Code.LockedOut, Code.Busy);
        tablet.MapPost("/stay", Stay).RequireAuthorization(Policies.UnlockedTablet).RequireRateLimiting(RateLimits.Staff).Produces(StatusCodes.Status204NoContent)
            .WithDescription("Somebody touches it: it locks that much later.")
            .Refuses(Code.GuardMissing);
        tablet.MapPost("/lock", Lock).RequireAuthorization(Policies.Tablet).RequireRateLimiting(RateLimits.Staff).Produces(StatusCodes.Status204NoContent).Refuses(Code.GuardMissing);
        tablet.MapDelete("", End).RequireAuthorization(Policies.UnlockedTablet).RequireRateLimiting(RateLimits.Staff).Produces(StatusCodes.Status204NoContent).Refuses(Code.GuardMissing);
    }

    private static async Task<IResult> Make(string id, HttpContext http, IGrainFactory grains, TabletTickets tickets, ILiveRelay live, IAudit audit, IIds ids, TimeProvider clock)
    {
        var staff = http.Staff();
        if (!staff.IsOf(id)) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "tablet.make", subject: id);
        var ticket = new TabletTicket(id, staff.Account, NewId(ids), clock.GetUtcNow() + TabletFor);
        var account = grains.GetGrain<IAccountGrain>(staff.Account);
        await account.OpenSession(new StaffSession(ticket.Session, ticket.ExpiresAt));
        // Her own session ends, not her duty nor what her phone is told: she goes on working.
        await account.EndSession(staff.Session);
        await live.Cut(new CutOff(staff.Account, staff.Session));
        http.Response.Cookies.Delete(StaffAuthentication.Cookie, Rules(http, "/", null));
        http.Response.Cookies.Append(TabletAuthentication.Cookie, tickets.Seal(ticket), Rules(http, "/", ticket.ExpiresAt));
        return Results.NoContent();
    }

    private static async Task<IResult> Read(HttpContext http, IGrainFactory grains, Tenant tenant, People people)
    {
        var (ticket, person) = http.Tablet();
        var board = await grains.GetGrain<IShelterGrain>(ticket.House).Board();
        return Results.Ok(new TabletBody(
            ticket.House, tenant.HouseName(ticket.House), board.Version, board.Now, board.Lines, board.Holds.Count(h => h.Stage is HoldStage.Held), board.ConfirmedAt, board.Freshness,
            await people.PersonOrNull(person?.Account)));
    }

    private static async Task<IResult> Unlock(
        UnlockBody body, HttpContext http, IGrainFactory grains, Tenant tenant, Macs macs, PinDesk pins, People people, TabletTickets tickets, SignInTries tries, IAudit audit, IIds ids, TimeProvider clock)
    {
        if (body.UserName is not { Length: > 0 and <= Bounds.UserName } userName || !StaffPins.IsPin(body.Pin)) return Problem.Of(Code.InvalidBody, "userName and pin are needed.");
        var tablet = http.Tablet().Ticket;
        if (!tries.Allowed("tablet:" + tablet.Session, out var wait)) return Problem.Of(Code.TooManyRequests, retryAfter: wait);
        var account = macs.AccountId(tenant.Id, userName);
        var grain = grains.GetGrain<IAccountGrain>(account);
        // A name that is not of this house is answered as a wrong PIN is: a tablet is no way to find out who works where.
        if (!tenant.Lists(account) || await grain.Profile() is not { } profile || !profile.Roles.Contains(Role.ShelterStaff) || profile.Houses?.Contains(tablet.House) is not true) return Problem.Of(Code.WrongPin);
        var check = await pins.Check(account, body.Pin!);
        if (check.Verdict is StaffPinVerdict.Locked) return Problem.Of(Code.LockedOut, retryAfter: check.LockedUntil - clock.GetUtcNow());
        if (check.Verdict is not StaffPinVerdict.Right) return Problem.Of(Code.WrongPin);
        await Close(http, grains, tickets);
        var session = new StaffSession(NewId(ids), clock.GetUtcNow() + ShiftFor);
        await grain.OpenSession(session);
        await audit.Write(account, "tablet.unlock", subject: tablet.House);
        Open(http, tickets, tablet, new UnlockedTicket(tablet.Session, account, session.Id, clock.GetUtcNow() + LocksAfter));
        return Results.Ok(new TabletPersonBody(account, (await people.Person(account)).DisplayName));
    }

    private static IResult Stay(HttpContext http, TabletTickets tickets, TimeProvider clock)
    {
        var (tablet, person) = http.Tablet();
        Open(http, tickets, tablet, new UnlockedTicket(tablet.Session, person!.Account, person.Session, clock.GetUtcNow() + LocksAfter));
        return Results.NoContent();
    }

    private static async Task<IResult> Lock(HttpContext http, IGrainFactory grains, TabletTickets tickets)
    {
        await Close(http, grains, tickets);
        return Results.NoContent();
    }

    private static async Task<IResult> End(HttpContext http, IGrainFactory grains, TabletTickets tickets, ILiveRelay live, IAudit audit)
    {
        var (tablet, person) = http.Tablet();
        await audit.Write(person!.Account, "tablet.end", subject: tablet.House);
        await Close(http, grains, tickets);
        await grains.GetGrain<IAccountGrain>(tablet.Maker).EndSession(tablet.Session);
        await live.Cut(new CutOff(tablet.Maker, tablet.Session));
        http.Response.Cookies.Delete(TabletAuthentication.Cookie, Rules(http, "/", null));
        return Results.NoContent();
    }

    /// <summary>
    /// The session ends with the lock, so that a copy of the cookie is worth nothing. Also of one that ran out while the tablet slept: a person has few sessions at once, and the oldest of
    /// them may be what makes this the house's tablet.
    /// </summary>
    private static async Task Close(HttpContext http, IGrainFactory grains, TabletTickets tickets)
    {
        if (tickets.LastUnlocked(http.Request.Cookies[TabletAuthentication.UnlockedCookie]) is not { } last || last.Tablet != http.Tablet().Ticket.Session) return;
        await grains.GetGrain<IAccountGrain>(last.Account).EndSession(last.Session);
        http.Response.Cookies.Delete(TabletAuthentication.UnlockedCookie, Rules(http, "/api", null));
    }

    /// <summary>The cookie stays longer than what it opens: by it the next lock knows which session to end.</summary>
    private static void Open(HttpContext http, TabletTickets tickets, TabletTicket tablet, UnlockedTicket ticket) =>
        http.Response.Cookies.Append(TabletAuthentication.UnlockedCookie, tickets.Seal(ticket), Rules(http, "/api", tablet.ExpiresAt));

    private static string NewId(IIds ids) => Base64Url.EncodeToString(ids.NewBytes(16));

    private static CookieOptions Rules(HttpContext http, string path, DateTimeOffset? until) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = path, Expires = until, IsEssential = true,
    };
}

/// <param name="Waiting">How many requests wait for the house's answer.</param>
/// <param name="UnlockedBy">Absent while it is locked.</param>
public sealed record TabletBody(
    string ShelterId, string Name, long Version, DateTimeOffset Now, ImmutableArray<BoardLine> Beds, int Waiting, DateTimeOffset? ConfirmedAt, Freshness Freshness, PersonBody? UnlockedBy);

public sealed record UnlockBody(string? UserName, string? Pin);

/// <summary>Who unlocked the tablet.</summary>
public sealed record TabletPersonBody(string AccountId, string DisplayName);
