using Dispatch.Domain.Accounts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Protocols;
using Dispatch.Grains.Rows;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Tenancy;

/// <summary>Brings protocol, areas and accounts to what the settings say, before the first request is taken. Idempotent.</summary>
internal sealed class Provisioning(IGrainFactory grains, IRows rows, Tenant tenant, Macs macs, Vault vault, Passwords passwords) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await StoreOwner.Claim(rows, tenant, macs);
        await PublishRules();
        foreach (var area in tenant.Settings.Areas) await grains.GetGrain<IServiceAreaGrain>(area.Id).Configure(Setup(area));
        var password = tenant.Settings.InitialPassword ?? "";
        var hash = password.Length > 0 ? passwords.Hash(password) : Passwords.None;
        var replace = tenant.Settings.PasswordFromSettings && await InitialPassword.Changed(rows, macs, password);
        await Task.WhenAll(tenant.Settings.People.Select(person => Provide(person, hash, replace)));
        if (replace) await InitialPassword.Remember(rows, macs, password);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PublishRules()
    {
        var rules = new Rules
        {
            Version = tenant.Settings.ProtocolVersion,
            DefaultNeeds = [.. tenant.Settings.DefaultNeeds],
            Needs = [.. tenant.Settings.Needs.Select(n => new NeedRule(n.Need, [.. n.Modes], n.Quorum))],
            Steps = tenant.Settings.Steps.Count == 0 ? Rules.DefaultSteps : [.. tenant.Settings.Steps.Select(s => new StepRule(s.AfterSeconds, s.PerNeed, s.Everybody))],
        };
        if (await grains.GetGrain<IProtocolGrain>(tenant.Id).Publish(rules) is { } fault) throw new StartRefusedException($"The protocol in Tenant cannot run: {fault}.");
    }

    private AreaSetup Setup(AreaSettings area) => new()
    {
        Tenant = tenant.Id,
        Line = area.Line,
        Neighbours = [.. area.Neighbours],
        DutyOfficer = area.DutyOfficer is { } officer ? macs.AccountId(tenant.Id, officer) : null,
        Backup = area.Backup is { } backup ? macs.AccountId(tenant.Id, backup) : null,
        DrillUntil = area.DrillUntil,
    };

    private Task Provide(PersonSettings person, string hash, bool replace)
    {
        var id = macs.AccountId(tenant.Id, person.UserName);
        var key = vault.StaffKey(id);
        var organisation = tenant.Organisation(person.Organisation)!;
        var profile = new Profile
        {
            Tenant = tenant.Id,
            UserName = key.Seal(SealedFields.UserName, person.UserName),
            DisplayName = key.Seal(SealedFields.DisplayName, person.DisplayName),
            Organisation = new OrganisationFacts(organisation.Id, organisation.Kind, organisation.PoliceRun, organisation.PolicePresent, organisation.ArmedForces),
            Roles = [.. person.Roles],
            Needs = [.. person.Needs],
            Modes = [.. person.Modes],
            Areas = [.. person.Areas],
            Lines = [.. person.Lines],
            Languages = [.. person.Languages],
            Language = person.Languages.FirstOrDefault() ?? "fr",
            Woman = person.Woman,
            Children = person.Children,
            // No date means nobody vouched for this person: she is never asked.
            VettedUntil = person.VettedUntil ?? DateTimeOffset.MinValue,
        };
        return grains.GetGrain<IAccountGrain>(id).Provide(profile, hash, replace);
    }
}
