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
    private readonly ImmutableArray<Colleague> _all =
    [
        .. tenant.Settings.People.Where(p => p.Roles.Any(Policies.IsHotline)).Select(p => new Colleague(
            macs.AccountId(tenant.Id, p.UserName), p.DisplayName, p.Roles.Contains(Role.Supervisor), [.. p.Lines], tenant.Organisation(p.Organisation)!.Facts)),
    ];

    public IEnumerable<Colleague> Of(string line, string but) =>
        _all.Where(c => c.Account != but && c.Lines.Contains(line)).OrderBy(c => c.Name, StringComparer.Ordinal);

    /// <summary>Whose an offer is: the one that it names, or each supervisor; of these only who may have it.</summary>
    public ImmutableArray<string> Offered(string line, string by, TransferBody body, Func<Colleague, bool> mayHave) =>
        [.. Of(line, but: by).Where(c => body.Supervisor is true ? c.Supervisor : c.Account == body.To).Where(mayHave).Select(c => c.Account)];
}

internal sealed record Colleague(string Account, string Name, bool Supervisor, ImmutableArray<string> Lines, OrganisationFacts Organisation)
{
    public bool MayRead(Alert alert) => Lines.Contains(alert.Line) && Reading.Allows(alert, Account, Organisation);
}
