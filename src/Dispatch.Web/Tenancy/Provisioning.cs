using System.Collections.Immutable;
using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Grains.Accounts;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Protocols;
using Dispatch.Grains.Rows;
using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;
using Dispatch.Web.Shelters;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Tenancy;

/// <summary>Brings protocol, areas and accounts to what the settings say, before the first request is taken. Idempotent.</summary>
internal sealed class Provisioning(IGrainFactory grains, IRows rows, Tenant tenant, Macs macs, Vault vault, Passwords passwords, IFirstPasswords first, DutyRows duty, HouseSetups houses, IEngineReadiness engine, TimeProvider clock, ILogger<Provisioning> log)
    : IHostedService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, PersonSettings> _people = tenant.Settings.People.ToDictionary(person => macs.AccountId(tenant.Id, person.UserName));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Through(() => StoreOwner.Claim(rows, tenant, macs));
        await Through(PublishRules);
        // Before the areas that name them: an area asks only houses that know what they are.
        await Each(tenant.Settings.Houses, house => houses.SetUp(house));
        await Each(tenant.Settings.Areas, SetUp);
        var profiles = _people.ToDictionary(p => p.Key, p => ProfileOf(p.Key, p.Value));
        if (tenant.Settings.SharedPassword is { } shared) await ProvideShared(profiles, shared);
        else await Each(profiles, p => Provide(p.Key, p.Value, _people[p.Key].UserName));
        await Each(duty.Areas, area => duty.BringUpToDate(area, profiles));
    }

    /// <summary>A few at a time: a programme of hundreds of people would otherwise use up the store's connections, and its host would not start.</summary>
    private Task Each<T>(IEnumerable<T> all, Func<T, Task> bring) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await Through(() => bring(one)));

    /// <summary>
    /// A host that starts while others die or start finds calls that no longer have a host. Everything here may be done twice, so it is done again; a store that
    /// stays away ends the start in the end.
    /// </summary>
    private Task Through(Func<Task> bring) => Outages.Outlast(
        bring, engine.IsOutage, Patience, failure => log.LogWarning("The settings could not be carried over yet and it is tried again: {Failure}", failure.GetType().Name), clock);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PublishRules()
    {
        var rules = new Rules
        {
            Version = tenant.Settings.ProtocolVersion,
            DefaultNeeds = [.. tenant.Settings.DefaultNeeds],
            Needs = [.. tenant.Settings.Needs.Select(n => new NeedRule(n.Need, [.. n.Modes], n.Quorum))],
            Rest = RestRule.Default with { Hours = tenant.Settings.RestHours, UtcOffsetMinutes = tenant.Settings.UtcOffsetMinutes },
            Steps = tenant.Settings.Steps.Count == 0 ? Rules.DefaultSteps : [.. tenant.Settings.Steps.Select(s => new StepRule(s.AfterSeconds, s.PerNeed, s.Everybody))],
            BedsByHand = tenant.Settings.BedsByHand,
            TextAfterSeconds = tenant.Settings.TextAfterSeconds,
            CallAfterSeconds = tenant.Settings.CallAfterSeconds,
            NightPairsUpTo = tenant.Settings.NightPairsUpTo,
            HumanBases = [.. tenant.Settings.HumanBases.Where(b => b is not DisclosureBasis.Consent).Distinct()],
        };
        if (await grains.GetGrain<IProtocolGrain>(tenant.Id).Publish(rules) is { } fault) throw new StartRefusedException($"The protocol in Tenant cannot run: {fault}.");
    }

    private async Task SetUp(AreaSettings area)
    {
        var grain = grains.GetGrain<IServiceAreaGrain>(area.Id);
        await grain.Configure(Setup(area));
        if (area.SwitchOn && await grain.SwitchOn() is { IsEmpty: false } missing) throw new StartRefusedException($"The area {area.Id} cannot be switched on: {string.Join(", ", missing)}.");
        // It goes on asking people: whoever needs help there now must not pay for a setting that was taken away.
        if (await grain.State() is { Setup.On: true, Missing: { IsEmpty: false } lost }) log.LogError("The area {Area} is switched on and lacks: {Missing}", area.Id, string.Join(", ", lost));
    }

    private AreaSetup Setup(AreaSettings area) => new()
    {
        Tenant = tenant.Id,
        Line = area.Line,
        Staffing = area is { LineHours: { } hours, LineLead: { } lead } ? new LineStaffing(hours, macs.AccountId(tenant.Id, lead)) : null,
        NightRoster = [.. area.NightRoster.Select(name => macs.AccountId(tenant.Id, name))],
        Neighbours = [.. area.Neighbours],
        Houses = tenant.Settings.Houses.Where(h => h.Areas.Contains(area.Id)).Select(h => new AreaHouse(h.Id, h.JourneyMinutes)).ToImmutableArray() is { IsEmpty: false } some ? some : null,
        Overflow = tenant.Settings.Overflow.Select((place, order) => place.Place(tenant.Settings, order)).Where(p => p.Areas.Contains(area.Id)).ToImmutableArray() is { IsEmpty: false } places ? places : null,
        DutyOfficer = Account(area.DutyOfficer),
        Backup = Account(area.Backup),
        DutyOfficerAt = At(area.DutyOfficer),
        BackupAt = At(area.Backup),
        Default = ChainOf(tenant.AreaOrDefault(null)),
        DrillPassedAt = area.DrillPassedAt,
    };

    private LineChain ChainOf(AreaSettings area) => new(area.Line, Account(area.DutyOfficer), Account(area.Backup), At(area.DutyOfficer), At(area.Backup));

    private OrganisationFacts? At(string? userName) => Account(userName) is { } account && _people.GetValueOrDefault(account) is { } person ? tenant.Organisation(person.Organisation)!.Facts : null;

    private string? Account(string? userName) => userName is null ? null : macs.AccountId(tenant.Id, userName);

    private async Task ProvideShared(Dictionary<string, Profile> profiles, string password)
    {
        var (hash, changed) = (passwords.Hash(password), await SharedPassword.Changed(rows, macs, password));
        await Each(profiles, p => grains.GetGrain<IAccountGrain>(p.Key).Provide(p.Value, hash, changed));
        if (changed) await SharedPassword.Remember(rows, macs, password);
    }

    private async Task Provide(string id, Profile profile, string userName)
    {
        var account = grains.GetGrain<IAccountGrain>(id);
        var known = await account.Profile() is not null;
        var hash = known ? Passwords.None : await Task.Run(() => passwords.Hash(first.Make(userName)));
        await account.Provide(profile, hash, replacePassword: false, mustChangePassword: true);
    }

    private Profile ProfileOf(string id, PersonSettings person)
    {
        var key = vault.StaffKey(id);
        return new Profile
        {
            Tenant = tenant.Id,
            UserName = key.Seal(SealedFields.UserName, person.UserName),
            DisplayName = key.Seal(SealedFields.DisplayName, person.DisplayName),
            Organisation = tenant.Organisation(person.Organisation)!.Facts,
            Roles = [.. person.Roles],
            Needs = [.. person.Needs],
            Modes = [.. person.Modes],
            Areas = [.. person.Areas],
            Lines = [.. person.Lines],
            Houses = person.Houses.Count == 0 ? null : [.. person.Houses],
            Languages = [.. person.Languages],
            Language = person.Languages.FirstOrDefault() ?? "fr",
            Woman = person.Woman,
            Children = person.Children,
            LoadCap = person.LoadCap,
            // No date means nobody vouched for this person: she is never asked.
            VettedUntil = person.VettedUntil ?? DateTimeOffset.MinValue,
            ConductUntil = person.ConductUntil,
        };
    }
}
