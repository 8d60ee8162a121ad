using System.Text;
using Dispatch.TableStorage;

namespace Dispatch.Rows.Tests.TableStorage;

public sealed class TableKeyTests
{
    private static readonly string[] Odd =
        ["", "a", "A", "é", "😀", "\uE000", "a/b\\c#d?e", "a%2fb", "\u0001", "\u007F", "\u009F", "!", "\"", "~", "'", "a!b", ",2d", "-", ".", "/", "0", ":", ";", "@", "[", "^", "_", "`", "{", "a b", "a-b", "ab"];

    [Fact]
    public void Keys_are_read_back_as_they_were()
    {
        foreach (var a in Odd)
        {
            foreach (var b in Odd) Assert.Equal([a, b, "id"], TableKey.Parts(TableKey.Of(a, b, "id")));
        }
    }

    [Fact]
    public void Keys_keep_the_order_of_their_bytes_part_by_part()
    {
        var every = Enumerable.Range(1, 0x24F).Select(c => $"k{(char)c}").SelectMany(k => new[] { k, k + "z" }).Concat(Odd).ToArray();
        Assert.Equal(every.Order(Comparer<string>.Create(CompareBytes)), every.OrderBy(k => TableKey.Of(k), StringComparer.Ordinal));
        var pairs = Odd.SelectMany(a => Odd.Select(b => (a, b))).ToArray();
        Assert.Equal(
            pairs.Order(Comparer<(string, string)>.Create((x, y) => CompareBytes(x.Item1, y.Item1) is not 0 and var first ? first : CompareBytes(x.Item2, y.Item2))),
            pairs.OrderBy(p => TableKey.Of(p.a, p.b), StringComparer.Ordinal));
    }

    [Fact]
    public void A_key_holds_nothing_that_the_service_forbids()
    {
        foreach (var key in Odd.Concat(Enumerable.Range(1, 0xFF).Select(c => $"{(char)c}")))
            Assert.DoesNotMatch(@"[/\\#?%+'&\u0000-\u0020\u007F-\uFFFF]", TableKey.Of(key));
    }

    [Fact]
    public void A_key_that_is_longer_than_the_service_takes_is_refused() =>
        Assert.Throws<ArgumentException>(() => TableKey.Of(new string('k', TableKey.MostCharacters)));

    private static int CompareBytes(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));
}
