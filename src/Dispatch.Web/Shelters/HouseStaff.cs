using System.Collections.Immutable;
using Dispatch.Domain.Accounts;
using Dispatch.Grains.Accounts;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>Who works in a house. The settings name them; each one's own account decides.</summary>
internal sealed class HouseStaff(Tenant tenant, Macs macs, IGrainFactory grains, DutyDesk duty)
{
    private readonly ILookup<string, string> _byHouse = tenant.Settings.People
        .SelectMany(person => person.Houses.Select(house => (House: house, Account: macs.AccountId(tenant.Id, person.UserName))))
        .ToLookup(staff => staff.House, staff => staff.Account);

    /// <summary>The accounts that the settings let work there, on duty or not.</summary>
    public ImmutableArray<string> Of(string house) => [.. _byHouse[house].Order(StringComparer.Ordinal)];

    public async Task<ImmutableArray<string>> OnDuty(string house)
    {
        var accounts = _byHouse[house].ToArray();
        var onDuty = await Task.WhenAll(accounts.Select(account => IsOnDuty(account, house)));
        return [.. accounts.Where((_, i) => onDuty[i])];
    }

    public static ImmutableArray<string> HousesOf(Profile profile) => profile.Roles.Contains(Role.ShelterStaff) ? profile.Houses ?? [] : [];

    private async Task<bool> IsOnDuty(string account, string house)
    {
        var grain = grains.GetGrain<IAccountGrain>(account);
        return await grain.Profile() is { } profile && HousesOf(profile).Contains(house) && await grain.Duty() is { } said && (await duty.Now(account, profile, said)).OnDuty;
    }
}
