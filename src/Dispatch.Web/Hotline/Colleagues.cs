using System.Collections.Immutable;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Hotline;

/// <summary>Who answers on a line, as the settings name them.</summary>
internal sealed class Colleagues(Tenant tenant, Macs macs)
{
    private readonly ImmutableArray<(Colleague Person, ImmutableArray<string> Lines)> _all =
    [
        .. tenant.Settings.People.Where(p => p.Roles.Any(Policies.IsHotline)).Select(p => (
            new Colleague(macs.AccountId(tenant.Id, p.UserName), p.DisplayName, p.Roles.Contains(Role.Supervisor), tenant.Organisation(p.Organisation)!.Facts), p.Lines.ToImmutableArray())),
    ];

    public IEnumerable<Colleague> Of(string line, string but) =>
        _all.Where(c => c.Person.Account != but && c.Lines.Contains(line)).Select(c => c.Person).OrderBy(c => c.Name, StringComparer.Ordinal);
}

internal sealed record Colleague(string Account, string Name, bool Supervisor, OrganisationFacts Organisation)
{
    public bool MayRead(Alert alert) => Reading.Allows(alert, Account, Organisation);
}
