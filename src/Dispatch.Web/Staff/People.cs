using System.Collections.Concurrent;
using Dispatch.Grains.Accounts;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>Names of colleagues for the hotline's screens. Remembered for a minute and at most a thousand of them; a queue of fifty items asks for few.</summary>
internal sealed class People(IGrainFactory grains, Vault vault, Tenant tenant, TimeProvider clock)
{
    private const int MaxKept = 1000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (Named Person, DateTimeOffset Until)> _kept = new();

    public async Task<PersonBody> Person(string account)
    {
        var named = await Find(account);
        return new PersonBody(account, named.Name);
    }

    public async Task<PersonBody?> PersonOrNull(string? account) => account is null ? null : await Person(account);

    public async Task<Named> Find(string account)
    {
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(account, out var kept) && kept.Until > now) return kept.Person;
        var profile = await grains.GetGrain<IAccountGrain>(account).Profile();
        // An account that is gone, or a word such as "survivor", is its own name.
        var named = profile is null
            ? new Named(account, "")
            : new Named(vault.StaffKey(account).Open(SealedFields.DisplayName, profile.DisplayName), tenant.Organisation(profile.Organisation.Id)?.Name ?? profile.Organisation.Id);
        if (_kept.Count >= MaxKept) _kept.Clear();
        _kept[account] = (named, now + KeptFor);
        return named;
    }

    internal sealed record Named(string Name, string Organisation);
}
