using Dispatch.Domain.Organisations;

namespace Dispatch.Domain.Alerts;

/// <summary>
/// Whether a person of the line, a duty officer or a backup may know of this alert at all. The same rules as for people who are asked: a
/// console in a police station is a police recipient, and whoever she excluded stays excluded behind a headset.
/// </summary>
public static class Reading
{
    public static bool Allows(Alert alert, string account, OrganisationFacts organisation)
    {
        ArgumentNullException.ThrowIfNull(alert);
        ArgumentNullException.ThrowIfNull(organisation);
        return !Matching.Excludes(alert, account, organisation.Id) && Disclosure.Allows(alert, organisation);
    }
}
