using Dispatch.Domain.Survivors;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Survivors;

/// <summary>No message to her outside the channel and hours she marked safe; silence where nothing is clear.</summary>
public sealed class SafeContactRuleTests
{
    private static readonly Table Channels = Table.Of("""
        she marked       | callBack     | call         | message
        nothing          | yes          | notGiven     | notGiven
        none             | notWanted    | notWanted    | notWanted
        call             | yes          | yes          | otherChannel
        sms              | otherChannel | otherChannel | yes
        call, no number  | yes          | notGiven     | notGiven
        sms, no number   | otherChannel | notGiven     | notGiven
        call, phone lost | phoneUnsafe  | phoneUnsafe  | phoneUnsafe
        nothing, phone lost | phoneUnsafe | phoneUnsafe | phoneUnsafe
        """);

    private static readonly Table Hours = Table.Of("""
        local time | any time | 08:00-18:00 | 22:00-06:00 | from 20:00 | until 07:30 | 08:00-08:00 | 8h-18h
        00:00      | yes      | no          | yes         | no         | yes         | no          | no
        05:59      | yes      | no          | yes         | no         | yes         | no          | no
        06:00      | yes      | no          | no          | no         | yes         | no          | no
        07:29      | yes      | no          | no          | no         | yes         | no          | no
        07:30      | yes      | no          | no          | no         | no          | no          | no
        07:59      | yes      | no          | no          | no         | no          | no          | no
        08:00      | yes      | yes         | no          | no         | no          | no          | no
        17:59      | yes      | yes         | no          | no         | no          | no          | no
        18:00      | yes      | no          | no          | no         | no          | no          | no
        20:00      | yes      | no          | no          | yes        | no          | no          | no
        21:59      | yes      | no          | no          | yes        | no          | no          | no
        22:00      | yes      | no          | yes         | yes        | no          | no          | no
        23:59      | yes      | no          | yes         | yes        | no          | no          | no
        """);

    public static TheoryData<string, string, string> AllChannels() => Channels.Cells();

    public static TheoryData<string, string, string> AllHours() => Hours.Cells();

    [Theory, MemberData(nameof(AllChannels))]
    public void Which_channel_for_what(string marked, string purpose, string expected)
    {
        var word = marked.Split(',')[0];
        var contact = word == "nothing" ? null : new SafeContact(Enum.Parse<ContactChannel>(word, ignoreCase: true), marked.Contains("no number", StringComparison.Ordinal) ? " " : "70 00 00 00");
        var (manner, why) = SafeContactRule.For(contact, marked.EndsWith("lost", StringComparison.Ordinal), Enum.Parse<ContactPurpose>(purpose, ignoreCase: true), At(-10), Night, TimeSpan.Zero);
        Assert.Equal(expected, why is { } refused ? Word(refused) : "yes");
        Assert.True(manner is null ^ why is null);
    }

    [Fact]
    public void The_table_has_every_purpose_and_reaches_every_refusal()
    {
        Channels.HasColumns(Enum.GetValues<ContactPurpose>().Select(Word));
        string[] elsewhere = [Word(ContactRefusal.OutsideHours), Word(ContactRefusal.TooLateToCallBack)];
        Assert.Equal(Enum.GetValues<ContactRefusal>().Select(Word).Except(elsewhere).Append("yes").Order(), Channels.Cells().Select(c => (string)c[2]).Distinct().Order());
    }

    [Theory, MemberData(nameof(AllHours))]
    public void Only_in_the_hours_she_gave_by_the_local_clock(string local, string hours, string expected)
    {
        var (from, to) = hours switch
        {
            "any time" => (null, null),
            "from 20:00" => ("20:00", null),
            "until 07:30" => (null, "07:30"),
            _ => (hours.Split('-')[0], (string?)hours.Split('-')[1]),
        };
        var contact = new SafeContact(ContactChannel.Call, "70 00 00 00", from, to);
        foreach (var offset in new[] { TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(-3) })
        {
            var now = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero) + TimeSpan.Parse(local, null) - offset;
            var (_, why) = SafeContactRule.For(contact, false, ContactPurpose.Call, null, now, offset);
            Assert.Equal(expected, why is null ? "yes" : "no");
            Assert.Equal(why, SafeContactRule.For(contact, false, ContactPurpose.CallBack, now, now, offset).Why);
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(180, true)]
    [InlineData(180.001, false)]
    [InlineData(-0.001, false)]
    public void The_machine_rings_back_within_three_minutes_of_her_missed_call_and_never_without_one(double seconds, bool rings)
    {
        var contact = new SafeContact(ContactChannel.Call, "70 00 00 00");
        Assert.Equal(rings ? null : ContactRefusal.TooLateToCallBack, SafeContactRule.For(contact, false, ContactPurpose.CallBack, Night, At(seconds), TimeSpan.Zero).Why);
        Assert.Equal(ContactRefusal.TooLateToCallBack, SafeContactRule.For(contact, false, ContactPurpose.CallBack, null, At(seconds), TimeSpan.Zero).Why);
        Assert.Null(SafeContactRule.For(contact, false, ContactPurpose.Call, Night, At(seconds), TimeSpan.Zero).Why);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(IfDropped.RingBack, true)]
    [InlineData(IfDropped.NeverRing, false)]
    [InlineData(IfDropped.Text, false)]
    public void The_machine_does_not_ring_back_who_said_that_nobody_should_when_the_line_drops(IfDropped? said, bool rings)
    {
        var contact = new SafeContact(ContactChannel.Call, "70 00 00 00", IfDropped: said);
        Assert.Equal(rings ? null : ContactRefusal.NotWanted, SafeContactRule.For(contact, false, ContactPurpose.CallBack, Night, Night, TimeSpan.Zero).Why);
        Assert.Null(SafeContactRule.For(contact, false, ContactPurpose.Call, null, Night, TimeSpan.Zero).Why);
    }

    [Theory]
    [InlineData(ContactPurpose.Call, true, true)]
    [InlineData(ContactPurpose.Call, false, false)]
    [InlineData(ContactPurpose.CallBack, true, false)]
    [InlineData(ContactPurpose.CallBack, false, false)]
    public void Voicemail_only_where_she_allowed_it_and_never_by_the_machine_and_her_word_comes_first(ContactPurpose purpose, bool allowed, bool left)
    {
        var contact = new SafeContact(ContactChannel.Call, "70 00 00 00", CodeWord: "mangoes", Voicemail: allowed);
        Assert.Equal(new ContactManner("mangoes", left), SafeContactRule.For(contact, false, purpose, Night, Night, TimeSpan.Zero).Manner);
    }
}
