using Dispatch.Domain.Accounts;
using Dispatch.Domain.Tests.Stored;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Accounts;

public sealed class SignInTests
{
    [Fact]
    public void A_reset_lifts_the_lock_ends_sessions_and_duty_and_opens_only_the_choice_of_a_password()
    {
        var account = Stored.Samples.Account with { MustChangePassword = false };
        var reset = SignIns.Reset(account, "hash-of-another");
        Assert.Equal(("hash-of-another", true, 0, (DateTimeOffset?)null), (reset.PasswordHash, reset.MustChangePassword, reset.Tries, reset.LockedUntil));
        Assert.Empty(reset.Sessions);
        Assert.Equal(new Duty(false, null, false), reset.Duty);
        Assert.Same(account.Profile, reset.Profile);
    }

    private static readonly Account Fresh = Samples.Account with { Sessions = [], Tries = 0, LockedUntil = null };

    [Fact]
    public void Five_wrong_passwords_are_looked_at_and_the_sixth_is_not()
    {
        var account = Fresh;
        for (var i = 1; i <= Account.MaxTries; i++)
        {
            (account, var until) = SignIns.Begin(account, At(i));
            Assert.Null(until);
            Assert.Equal(i, account.Tries);
        }

        (account, var locked) = SignIns.Begin(account, At(6));
        Assert.Equal(At(6) + Account.LockedFor, locked);
        Assert.Equal(locked, account.LockedUntil);
    }

    [Fact]
    public void The_lock_holds_to_the_millisecond_and_trying_does_not_prolong_it()
    {
        var account = Locked();
        var until = account.LockedUntil!.Value;
        (var same, var still) = SignIns.Begin(account, until.AddMilliseconds(-1));
        Assert.Same(account, same);
        Assert.Equal(until, still);
        (account, still) = SignIns.Begin(account, until);
        Assert.Null(still);
        Assert.Equal(1, account.Tries);
        Assert.Null(account.LockedUntil);
    }

    [Fact]
    public void The_right_password_forgets_the_wrong_ones()
    {
        var (account, _) = SignIns.Begin(Fresh with { Tries = 4 }, Night);
        account = SignIns.Complete(account, new StaffSession("s", At(3600)), Night);
        Assert.Equal(0, account.Tries);
        Assert.Equal("s", Assert.Single(account.Sessions).Id);
    }

    [Fact]
    public void A_session_that_needed_no_password_forgets_no_wrong_one()
    {
        var account = SignIns.Open(Fresh with { Tries = 4, LockedUntil = At(60) }, new StaffSession("s", At(3600)), Night);
        Assert.Equal((4, (DateTimeOffset?)At(60), "s"), (account.Tries, account.LockedUntil, Assert.Single(account.Sessions).Id));
    }

    [Fact]
    public void The_oldest_session_goes_when_there_are_too_many_and_expired_ones_go_first()
    {
        var account = Fresh;
        for (var i = 0; i < Account.MaxSessions + 2; i++) account = SignIns.Complete(account, new StaffSession($"s{i}", At(i == 5 ? 1 : 3600)), At(i));
        Assert.Equal(Account.MaxSessions, account.Sessions.Length);
        Assert.DoesNotContain(account.Sessions, s => s.Id is "s0" or "s5");
        Assert.Equal("s11", account.Sessions[^1].Id);
    }

    [Fact]
    public void Signing_out_ends_that_session_alone()
    {
        var account = SignIns.Complete(SignIns.Complete(Fresh, new StaffSession("a", At(60)), Night), new StaffSession("b", At(60)), Night);
        Assert.Equal("b", Assert.Single(SignIns.End(account, "a").Sessions).Id);
        Assert.Equal(2, SignIns.End(account, "unknown").Sessions.Length);
    }

    private static Account Locked() => Enumerable.Range(0, 6).Aggregate(Fresh, (a, i) => SignIns.Begin(a, At(i)).Next);
}
