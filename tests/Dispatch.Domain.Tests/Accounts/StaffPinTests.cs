using Dispatch.Domain.Accounts;
using Dispatch.Domain.Tests.Stored;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Accounts;

public sealed class StaffPinTests
{
    private static readonly Account With = Samples.Account with { Pin = new StaffPin("right") };

    [Theory]
    [InlineData("4071", true)]
    [InlineData("40718293", true)]
    [InlineData("407", false)]
    [InlineData("407182935", false)]
    [InlineData("40a1", false)]
    [InlineData("40 71", false)]
    [InlineData("٤٠٧١", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_PIN_is_four_to_eight_digits(string? pin, bool isOne) => Assert.Equal(isOne, StaffPins.IsPin(pin));

    [Theory]
    [InlineData("0000")]
    [InlineData("77777777")]
    [InlineData("1234")]
    [InlineData("4567890")]
    [InlineData("4321")]
    [InlineData("210987")]
    [InlineData("1212")]
    [InlineData("407407")]
    [InlineData("40714071")]
    public void What_everybody_tries_first_is_trivial(string pin) => Assert.True(StaffPins.IsTrivial(pin));

    [Theory]
    [InlineData("4071")]
    [InlineData("1235")]
    [InlineData("1112")]
    [InlineData("12125")]
    [InlineData("2468")]
    public void Other_PINs_are_not(string pin) => Assert.False(StaffPins.IsTrivial(pin));

    [Fact]
    public void The_third_wrong_one_locks_and_then_even_the_right_one_is_not_looked_at()
    {
        var account = With;
        for (var i = 1; i < StaffPins.MaxTries; i++) account = Try(account, "wrong", At(i), StaffPinVerdict.Wrong);
        var (locked, check) = StaffPins.Check(account, "wrong", At(3));
        Assert.Equal(new StaffPinCheck(StaffPinVerdict.Locked, At(3) + StaffPins.LockedFor), check);

        var before = check.LockedUntil!.Value.AddMilliseconds(-1);
        var (same, still) = StaffPins.Check(locked, "right", before);
        Assert.Same(locked, same);
        Assert.Equal(check, still);
        Assert.Equal(new StaffPin("right"), Try(locked, "right", check.LockedUntil.Value, StaffPinVerdict.Right).Pin);
    }

    [Fact]
    public void Each_lock_in_a_row_is_twice_as_long_up_to_a_day()
    {
        var (account, now, waits) = (With, Night, new List<double>());
        for (var i = 0; i < 9; i++)
        {
            StaffPinCheck check;
            do (account, check) = StaffPins.Check(account, "wrong", now);
            while (check.Verdict is StaffPinVerdict.Wrong);
            waits.Add((check.LockedUntil!.Value - now).TotalMinutes);
            now = check.LockedUntil.Value;
        }

        Assert.Equal([15, 30, 60, 120, 240, 480, 960, 1440, 1440], waits);
    }

    [Fact]
    public void The_right_one_forgets_the_wrong_ones_and_writes_nothing_where_there_were_none()
    {
        var account = Try(Try(With, "wrong", At(1), StaffPinVerdict.Wrong), "wrong", At(2), StaffPinVerdict.Wrong);
        account = Try(account, "right", At(3), StaffPinVerdict.Right);
        Assert.Equal(With.Pin, account.Pin);
        Assert.Same(account, Try(account, "right", At(4), StaffPinVerdict.Right));
    }

    [Fact]
    public void Wrong_ones_by_text_lock_texts_and_not_the_tablet_and_right_ones_there_forgive_none_of_them()
    {
        var account = With;
        for (var i = 1; i < StaffPins.MaxTries; i++) account = StaffPins.Check(account, "wrong", At(i), byText: true).Next;
        account = Try(account, "wrong", At(3), StaffPinVerdict.Wrong);
        account = Try(account, "right", At(4), StaffPinVerdict.Right);
        (account, var check) = StaffPins.Check(account, "wrong", At(5), byText: true);
        Assert.Equal(new StaffPinCheck(StaffPinVerdict.Locked, At(5) + StaffPins.LockedFor), check);
        Assert.False(StaffPins.IsHers(account, "right", At(6)));
        account = Try(account, "right", At(6), StaffPinVerdict.Right);
        Assert.Equal(StaffPinVerdict.Locked, StaffPins.Check(account, "right", At(7), byText: true).Check.Verdict);

        (account, check) = StaffPins.Check(account, "right", check.LockedUntil!.Value, byText: true);
        Assert.Equal((StaffPinVerdict.Right, With.Pin), (check.Verdict, account.Pin));
    }

    [Fact]
    public void Without_one_nothing_is_right()
    {
        var none = With with { Pin = null };
        Assert.Same(none, Try(none, "right", Night, StaffPinVerdict.None));
    }

    [Fact]
    public void A_new_one_begins_without_the_lock_and_a_reset_of_the_password_takes_it_away()
    {
        var locked = With with { Pin = new StaffPin("right", 2, 3, At(600)) };
        var set = StaffPins.Set(locked, "another");
        Assert.Equal((new StaffPin("another"), 0, (DateTimeOffset?)null), (set.Pin, set.Tries, set.LockedUntil));
        Assert.Null(SignIns.Reset(locked, "hash-of-another").Pin);
    }

    private static Account Try(Account account, string hash, DateTimeOffset at, StaffPinVerdict expected)
    {
        var (next, check) = StaffPins.Check(account, hash, at);
        Assert.Equal(new StaffPinCheck(expected), check);
        return next;
    }
}
