using Dispatch.Domain.Sealing;

namespace Dispatch.Domain.Accounts;

/// <summary>What somebody who raises for others has accepted, and where the line rings her.</summary>
/// <param name="CharterVersion">Which text of the charter she accepted last.</param>
public sealed record RelayDesk(string CharterVersion, DateTimeOffset CharterAt, Sealed<string> Number)
{
    /// <summary>Accepting the same text again is no other acceptance; the number is as she says it now.</summary>
    public static Account Accept(Account account, string charterVersion, Sealed<string> number, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(account);
        var same = account.Desk is { } desk && desk.CharterVersion == charterVersion;
        return account with { Desk = same ? account.Desk! with { Number = number } : new RelayDesk(charterVersion, now, number) };
    }
}
