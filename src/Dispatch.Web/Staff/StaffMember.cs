using System.Security.Claims;
using Dispatch.Domain.Accounts;

namespace Dispatch.Web.Staff;

/// <summary>Who is asking: an open session of an account, as it was at the start of this request.</summary>
internal sealed record StaffMember(string Account, string Session, Profile Profile, Duty Duty);

internal static class StaffMembers
{
    public const string SessionClaim = "session";
    public const string LineClaim = "line";
    public const string ByCookieClaim = "cookie";

    public static StaffMember Staff(this HttpContext http) =>
        http.Features.Get<StaffMember>() ?? throw new InvalidOperationException("An endpoint for staff was reached without a policy for staff.");

    public static bool MayUse(this StaffMember staff, string line) => staff.Profile.Lines.Contains(line);

    public static string Account(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier)!;
}
