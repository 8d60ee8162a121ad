using Dispatch.Domain.Alerts;
using Dispatch.Domain.Conversations;

namespace Dispatch.Domain.Tests.Conversations;

public sealed class HearingTests
{
    [Theory]
    [InlineData("aide")]
    [InlineData("AIDEZ MOI SVP")]
    [InlineData("aidé moi")]
    [InlineData("bjr jai bsoin daide")]
    [InlineData("au secour")]
    [InlineData("aaaaide")]
    [InlineData("besion")]
    [InlineData("il ma frappé")]
    [InlineData("il veu me tuer")]
    [InlineData("on me marie de force")]
    [InlineData("au sekour")]
    [InlineData("help pls")]
    [InlineData("hlp")]
    [InlineData("emergancy")]
    [InlineData("n dɛmɛ")]
    [InlineData("n deme")]
    [InlineData("sõngre")]
    [InlineData("d'alɔ mi")]
    public void She_asks_for_help(string text)
    {
        var heard = Hearing.Read(text);
        Assert.True(heard.Help);
        Assert.Empty(heard.Needs);
        Assert.True(heard.AsksForHelp);
    }

    [Theory]
    [InlineData("je suis blessée, il me faut une infirmière et un lit cette nuit, pas de police", new[] { Need.Health, Need.Shelter })]
    [InlineData("she is hurt needs a nurse and a bed tonight no police", new[] { Need.Health, Need.Shelter })]
    [InlineData("docteure", new[] { Need.Health })]
    [InlineData("dotceur vit", new[] { Need.Health })]
    [InlineData("infirmiére svp", new[] { Need.Health })]
    [InlineData("lhopital", new[] { Need.Health })]
    [InlineData("hopitale", new[] { Need.Health })]
    [InlineData("je sais pas ou dormir", new[] { Need.Shelter })]
    [InlineData("avoca", new[] { Need.Legal })]
    [InlineData("venez me chercher", new[] { Need.Transport })]
    [InlineData("I need a loyer", new Need[0])]
    [InlineData("lawer", new[] { Need.Legal })]
    [InlineData("dɔgɔtɔrɔ", new[] { Need.Health })]
    [InlineData("parler a quelquun", new[] { Need.Psychosocial })]
    public void What_she_needs_is_heard_however_it_is_written(string text, Need[] needs) => Assert.Equal(needs, Hearing.Read(text).Needs.AsEnumerable());

    /// <summary>Words that look like misspellings of others, and a language's own that are another's.</summary>
    [Theory]
    [InlineData("il refuse")]
    [InlineData("on va manger")]
    [InlineData("la maison")]
    [InlineData("au moins deux")]
    [InlineData("la saison des pluies")]
    [InlineData("car il court")]
    [InlineData("du pain")]
    [InlineData("where are you")]
    [InlineData("ok merci")]
    [InlineData("Votre credit est de 500 FCFA")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("👍")]
    [InlineData("ٱلسلام")]
    public void What_only_looks_like_it_asks_for_nothing(string? text) => Assert.False(Hearing.Read(text).AsksForHelp);

    [Theory]
    [InlineData("police")]
    [InlineData("pas de police")]
    [InlineData("appelez la polisse svp")]
    [InlineData("polisi")]
    public void Police_are_named_to_a_human_and_never_asked_for(string text)
    {
        var heard = Hearing.Read(text);
        Assert.True(heard.NamesPolice);
        Assert.Empty(heard.Needs);
    }

    [Theory]
    [InlineData("oui", true)]
    [InlineData("Ouii!!", true)]
    [InlineData("wi merci", true)]
    [InlineData("YES", true)]
    [InlineData("awɔ", true)]
    [InlineData("non", false)]
    [InlineData("nan merci", false)]
    [InlineData("ayi", false)]
    [InlineData("oui je suis blessée il faut venir", null)]
    [InlineData("oui non", null)]
    [InlineData("oui 42", null)]
    [InlineData("merci", null)]
    public void A_yes_and_a_no_are_all_that_stands_there(string text, bool? answer) => Assert.Equal(answer, Hearing.Read(text).Answer);

    [Theory]
    [InlineData("STOP", true)]
    [InlineData("stop svp", true)]
    [InlineData("n'écrivez plus", true)]
    [InlineData("stp", false)]
    [InlineData("il ne stop pas de me frapper", false)]
    [InlineData("stop il me frappe", false)]
    public void Stop_is_all_that_stands_there(string text, bool stop) => Assert.Equal(stop, Hearing.Read(text).Stop);

    [Theory]
    [InlineData("annuler", true)]
    [InlineData("anulé", true)]
    [InlineData("Cancel it", true)]
    [InlineData("je veux annuler", true)]
    [InlineData("annulez le docteur", false)]
    [InlineData("aide moi a annuler", false)]
    public void A_cancel_undoes_nothing_that_stands_beside_it(string text, bool cancel) => Assert.Equal(cancel, Hearing.Read(text).Cancel);

    [Theory]
    [InlineData("rappelez moi svp", true, false)]
    [InlineData("apl moi", true, false)]
    [InlineData("ne m'appelez pas", false, true)]
    [InlineData("napelez pas", false, true)]
    [InlineData("dont call", false, true)]
    [InlineData("call me", true, false)]
    public void Call_and_do_not_call_are_two_things(string text, bool call, bool dont)
    {
        var heard = Hearing.Read(text);
        Assert.Equal((call, dont), (heard.CallMe, heard.DoNotCall));
    }

    [Theory]
    [InlineData("tout va bien")]
    [InlineData("pas besoin d'aide")]
    [InlineData("fausse alerte")]
    [InlineData("no help needed")]
    public void That_all_is_well_is_for_a_human(string text) => Assert.True(Hearing.Read(text).Nothing);

    [Theory]
    [InlineData("j'ai 15 ans aide moi", AgeBand.From15To17)]
    [InlineData("g 13 ans", AgeBand.From12To14)]
    [InlineData("i am 11", AgeBand.Under12)]
    [InlineData("jai 30 ans", AgeBand.Adult)]
    [InlineData("je suis mineure", AgeBand.From15To17)]
    [InlineData("ma fille a 12 ans", null)]
    [InlineData("mon enfant 5 ans est malade", null)]
    [InlineData("j'ai 2 enfants", null)]
    [InlineData("depuis 15 ans", null)]
    [InlineData("i am 2 km away", null)]
    public void Only_her_own_age_is_hers(string text, AgeBand? age) => Assert.Equal(age, Hearing.Read(text).Age);

    [Theory]
    [InlineData("aidez moi", null, "fr")]
    [InlineData("help me", null, "en")]
    [InlineData("n dɛmɛ dɔgɔtɔrɔ", null, "bm")]
    [InlineData("transport", null, "fr")]
    [InlineData("transport", "en", "en")]
    [InlineData("xyz", null, null)]
    public void The_language_is_that_of_most_words(string text, string? usual, string? language) => Assert.Equal(language, Hearing.Read(text, usual).Language);

    [Fact]
    public void A_text_without_end_is_read_to_where_it_counts()
    {
        Assert.True(Hearing.Read("aide " + new string('x', 100_000)).Help);
        Assert.False(Hearing.Read(new string('x', Hearing.LongestRead) + " aide").Help);
        Assert.False(Hearing.Read(string.Concat(Enumerable.Repeat("a ", 100_000)) + "aide").Help);
    }
}
