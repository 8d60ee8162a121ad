using Dispatch.Domain.Accounts;
using Dispatch.Domain.ServiceAreas;

namespace Dispatch.Web.Staff;

internal static class Candidates
{
    /// <summary>A person as a service area knows her, from what was decided about her; since when and until when is added.</summary>
    public static Candidate Of(string account, Profile profile) => new()
    {
        Responder = account,
        Tenant = profile.Tenant,
        Organisation = profile.Organisation,
        Needs = profile.Needs,
        Modes = profile.Modes,
        Languages = profile.Languages,
        Woman = profile.Woman,
        Children = profile.Children,
        VettedUntil = profile.VettedUntil,
        ConductUntil = profile.ConductUntil,
        LoadCap = profile.LoadCap,
    };
}
