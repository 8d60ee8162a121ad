using System.Security.Claims;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;

namespace Dispatch.Web.Staff;

/// <summary>Who is asking: an open session of an account, as it was at the start of this request.</summary>
internal sealed record StaffMember(string Account, string Session, Profile Profile, Duty Duty, bool MustChangePassword);

internal static class StaffMembers
{
    public const string SessionClaim = "session";
    public const string LineClaim = "line";
    public const string HouseClaim = "house";
    public const string ByCookieClaim = "cookie";

    public static StaffMember Staff(this HttpContext http) =>
        http.Features.Get<StaffMember>() ?? throw new InvalidOperationException("An endpoint for staff was reached without a policy for staff.");

    public static bool MayUse(this StaffMember staff, string line) => staff.Profile.Lines.Contains(line);

    /// <summary>She decides for this house who may learn where it is.</summary>
    public static bool Guards(this StaffMember staff, string shelter) => staff.Profile.Roles.Contains(Role.HouseGuardian) && staff.Profile.Houses is { } houses && houses.Contains(shelter);

    public static bool IsOf(this StaffMember staff, string shelter) => staff.Profile.Roles.Contains(Role.ShelterStaff) && staff.Profile.Houses is { } houses && houses.Contains(shelter);

    /// <summary>Her line's alert, unless she is one of those who must not know, or police may not and her organisation is theirs.</summary>
    public static bool MayRead(this StaffMember staff, Alert alert) => staff.MayUse(alert.Line) && Reading.Allows(alert, staff.Account, staff.Profile.Organisation);

    public static string Account(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier)!;
}
