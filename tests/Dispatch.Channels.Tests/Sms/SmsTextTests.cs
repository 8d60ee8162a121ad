using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Tests.Sms;

/// <summary>What really leaves, read at the far end.</summary>
public sealed class SmsTextTests
{
    public static TheoryData<string, string, string> Leaves => new()
    {
        { "fr", "offer", "Message 42. Répondez OUI 42 ou NON 42." },
        { "fr", "drill", "Exercice. Message 42. Répondez OUI 42 ou NON 42." },
        { "fr", "withdrawn", "42: merci, ce n'est plus nécessaire." },
        { "fr", "callOff", "42: merci, ce n'est plus nécessaire." },
        { "fr", "standOff", "42: attendez. Ouvrez l'application avant de continuer." },
        { "fr", "untaken", "Un message vous attend. Ouvrez l'application." },
        { "fr", "hold", "Message 352. Répondez comme convenu." },
        { "en", "hold", "Message 352. Answer as agreed." },
        { "en", "offer", "Message 42. Reply YES 42 or NO 42." },
        { "en", "drill", "Drill. Message 42. Reply YES 42 or NO 42." },
        { "en", "withdrawn", "42: thank you, no longer needed." },
        { "en", "callOff", "42: thank you, no longer needed." },
        { "en", "standOff", "42: please wait. Open the app before you go on." },
        { "en", "bedLost", "42: please wait. Open the app before you go on." },
        { "en", "untaken", "A message is waiting for you. Open the app." },
        { "bm", "offer", "Message 42. Répondez OUI 42 ou NON 42." },
    };

    [Theory, MemberData(nameof(Leaves))]
    public async Task Every_notice_is_one_of_the_approved_texts_and_nothing_else_leaves(string language, string notice, string text)
    {
        await using var texting = await Texting.With();
        texting.Language = language;
        await texting.Send(Of(notice));
        var fields = Assert.Single(texting.First.All).Fields;
        Assert.Equal(text, fields["text"]);
        Assert.Equal(["charset", "coding", "dlr-mask", "dlr-url", "password", "text", "to", "username"], fields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("https://dispatch.example.org/gateways/sms/k/reports/a-long-enough-secret?ref=ref1&state=%d", fields["dlr-url"]);
    }

    [Fact]
    public async Task Only_an_offers_arrival_is_the_offers()
    {
        await using var texting = await Texting.With();
        foreach (var notice in Leaves.Select(l => (string)l[1]).Distinct()) await texting.Send(Of(notice) is { Offer: { } offer } n ? n with { Id = $"{offer.OfferId}.{(offer.Exercise ? 7 : 2)}:Sms" } : Of(notice));
        Assert.Equal([2, 7], texting.Subjects.Where(s => s.OfferId is not null).Select(s => s.Round));
        Assert.Equal(7, texting.Subjects.Count);
    }

    private static Notice Of(string notice) => notice switch
    {
        "offer" => Texting.Offer(),
        "drill" => Texting.Offer(exercise: true),
        "withdrawn" => Texting.Changed(OfferState.Withdrawn),
        "callOff" => Texting.Changed(OfferState.Accepted, AssignmentState.CallOff),
        "standOff" => Texting.Changed(OfferState.Accepted, AssignmentState.StandOff),
        "bedLost" => Texting.BedLost(),
        "hold" => Texting.Hold(),
        _ => Texting.Untaken(),
    };
}
