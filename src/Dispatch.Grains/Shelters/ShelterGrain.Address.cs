using System.Collections.Immutable;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Rows;
using Orleans;

namespace Dispatch.Grains.Shelters;

/// <summary>The address, in a state of its own that no other method reads.</summary>
internal sealed partial class ShelterGrain
{
    private readonly HashSet<string> _addressWritten = [];

    private AddressBook Addresses => address.State.Value ?? new AddressBook();

    public Task<BedRefusal?> SetAddress(Sealed<ShelterAddress> address, string by) => Keep((book, now) => AddressRules.Set(book, address, by, now));

    public async Task<ReleaseResult> GiveAddress(GiveAddress command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!HoldId.TryParse(command.HoldId, out var id) || id.Shelter != Id) return new ReleaseResult(BedRefusal.NotFound, null);
        var refused = await Keep((book, now) => AddressRules.Give(book, Ledger, command, now));
        return new ReleaseResult(refused, refused is null ? Addresses.Find(command.ReleaseId) : null);
    }

    public async Task<ReleaseResult> WithdrawAddress(string releaseId, string by)
    {
        var refused = await Keep((book, now) => AddressRules.Withdraw(book, releaseId, by, now));
        return new ReleaseResult(refused, Addresses.Find(releaseId));
    }

    public Task<ImmutableArray<AddressRelease>> AddressReleases() => Task.FromResult(Addresses.Releases);

    public async Task<AddressLook> LookAtAddress(string releaseId, string driver)
    {
        var refused = await Keep((book, now) => AddressRules.Look(book, Ledger, releaseId, driver, now));
        return new AddressLook(refused, refused is null ? Addresses.Address : null);
    }

    /// <summary>The decision and its history line in one write, then the line in its own row: when this returns, both are durable.</summary>
    private async Task<BedRefusal?> Keep(Func<AddressBook, DateTimeOffset, AddressChange> rule)
    {
        var known = Addresses;
        var change = rule(known, clock.GetUtcNow());
        if (ReferenceEquals(change.Book, known)) return change.Refused;
        // Lines that an earlier failure left behind go first: the book holds no more of them than its bound.
        if (known.Trail.Length >= AddressBook.MaxTrail) await WriteHistory(known.Trail, _addressWritten);
        var next = change.Book with { Trail = change.Book.Trail.RemoveAll(line => _addressWritten.Contains(line.Id)) };
        await address.Replace(next, DeactivateOnIdle);
        _addressWritten.IntersectWith(next.Trail.Select(line => line.Id));
        await WriteHistory(Addresses.Trail, _addressWritten);
        return change.Refused;
    }
}
