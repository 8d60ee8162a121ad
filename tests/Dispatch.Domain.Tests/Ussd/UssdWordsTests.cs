using Dispatch.Domain.Ussd;

namespace Dispatch.Domain.Tests.Ussd;

public sealed class UssdWordsTests
{
    /// <summary>The basic table: another letter halves what fits, or is not shown at all.</summary>
    private const string Gsm7 =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Also where a word is given that was not asked for: beginnings of words that say too much.</summary>
    private static readonly string[] SayTooMuch = ["aide", "help", "viol", "soin", "santé", "sant", "health", "polic", "femme", "wom", "alert", "abri", "shelter", "secours", "danger", "urgen"];

    public static TheoryData<string> Languages => new(UssdWords.Shipped.Languages);

    [Fact]
    public void French_comes_first_and_English_second() => Assert.Equal(["fr", "en"], UssdWords.Shipped.Languages.Take(2));

    [Theory, MemberData(nameof(Languages))]
    public void Every_screen_fits_with_everything_chosen_and_a_wrong_key_before(string language)
    {
        var everything = new UssdChoices(language, UssdMenu.Offered);
        foreach (var stage in Enum.GetValues<UssdStage>())
        {
            foreach (var choices in new[] { everything, new UssdChoices(language) })
            {
                var screen = UssdWords.Shipped.Screen(new UssdState(stage, choices, Again: true));
                Assert.True(screen.Length <= UssdWords.Longest, $"{language}/{stage} has {screen.Length} letters");
                Assert.True(screen.All(c => Gsm7.Contains(c, StringComparison.Ordinal)), $"{language}/{stage}: {screen}");
            }
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void The_first_screen_and_the_last_say_nothing(string language)
    {
        string[] shown =
        [
            UssdWords.Shipped.Screen(new UssdState(UssdStage.Language, new UssdChoices())),
            .. new[] { "received", "later", "failed", "again" }.Select(key => UssdWords.Shipped.Of(language, key)),
        ];
        Assert.All(shown, text => Assert.DoesNotContain(SayTooMuch, word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void What_a_language_lacks_is_said_in_French() => Assert.Equal(UssdWords.Shipped.Of("fr", "needs"), UssdWords.Shipped.Of("zz", "needs"));
}
