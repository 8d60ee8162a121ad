using System.Text;
using Dispatch.Moving;
using Dispatch.Moving.Postgres;

namespace Dispatch.Rows.Tests.Moving;

public sealed class GrainKeyTests
{
    [Theory]
    [InlineData("", 0, 0, "")]
    [InlineData("plain", 0, 0, "plain")]
    [InlineData("XX/demo", 0, 0, "XX/demo")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e", 0, 0, "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("0f8fad5bd9cb469fa16570867728950e", 0x469fd9cb0f8fad5b, 0xe952877867065a1, null)]
    [InlineData("BF", 0, 0xBF, null)]
    [InlineData("BF+a+b", 0, 0xBF, "a+b")]
    [InlineData("FFFFFFFFFFFFFFFF", 0, -1, null)]
    [InlineData("10000000000000000", 0, 0, "10000000000000000")]
    public void A_key_is_taken_apart_as_Orleans_does_and_spelled_again(string key, long n0, long n1, string? extension)
    {
        var taken = GrainKey.Of(key);
        Assert.Equal(new GrainKey(n0, n1, extension), taken);
        Assert.Equal(key, taken.Spelled());
    }

    [Theory]
    [InlineData("", 0x02CC5D05)]
    [InlineData("a", 0x550D7456)]
    [InlineData("abc", 0x32D153FF)]
    [InlineData("Nobody inspects the spammish repetition", 0xE2293B2F)]
    public void The_hash_is_the_published_one(string text, uint hash) => Assert.Equal(hash, RingHash.XxHash32(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_grain_lies_on_the_ring_where_Orleans_puts_it() => Assert.Equal(0x37BAA9ED, RingHash.Of("a", "b"));

    [Fact]
    public void Every_state_has_a_name_of_its_own() =>
        Assert.Equal(["account", "address", "alert", "beds", "contact", "devices", "house", "protocol", "roster", "session", "setup"], GrainStates.TypeOf.Keys.Order(StringComparer.Ordinal));
}
