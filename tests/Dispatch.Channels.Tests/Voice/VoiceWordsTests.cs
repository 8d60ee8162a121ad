using Dispatch.Channels.Words;

namespace Dispatch.Channels.Tests.Voice;

/// <summary>Every word that is ever spoken. Whoever changes one changes it here too, and thinks of who else is in the room.</summary>
public sealed class VoiceWordsTests
{
    private static readonly Dictionary<string, string> Spoken = new()
    {
        ["fr voice.offer"] = "Bonjour. Vous avez un nouveau message de votre service. Tapez un si vous pouvez y répondre maintenant, deux si vous ne pouvez pas.",
        ["fr voice.drill"] = "Exercice. Vous avez un nouveau message de votre service. Tapez un si vous pouvez y répondre maintenant, deux si vous ne pouvez pas.",
        ["fr voice.accepted"] = "C'est noté, merci. Ouvrez l'application pour la suite.",
        ["fr voice.declined"] = "C'est noté, merci.",
        ["fr voice.taken"] = "Quelqu'un a déjà répondu, merci.",
        ["fr voice.takenBack"] = "Ce n'est plus nécessaire, merci.",
        ["fr voice.wait"] = "Attendez, s'il vous plaît. Ouvrez l'application avant de continuer.",
        ["fr voice.waiting"] = "Un message vous attend. Ouvrez l'application.",
        ["fr voice.test"] = "Bonjour. Ceci est un test. Vous n'avez rien à faire, merci.",
        ["en voice.offer"] = "Hello. You have a new message from your service. Press one if you can answer it now, two if you cannot.",
        ["en voice.drill"] = "Drill. You have a new message from your service. Press one if you can answer it now, two if you cannot.",
        ["en voice.accepted"] = "Noted, thank you. Open the app for what comes next.",
        ["en voice.declined"] = "Noted, thank you.",
        ["en voice.taken"] = "Already answered, thank you.",
        ["en voice.takenBack"] = "No longer needed, thank you.",
        ["en voice.wait"] = "Please wait. Open the app before you go on.",
        ["en voice.waiting"] = "A message is waiting for you. Open the app.",
        ["en voice.test"] = "Hello. This is a test. There is nothing to do, thank you.",
    };

    [Fact]
    public void In_every_language_exactly_these_are_spoken() => Assert.Equal(
        Spoken.OrderBy(s => s.Key, StringComparer.Ordinal),
        Wordings.Approved.All.SelectMany(l => l.Value.Where(t => t.Key.StartsWith("voice.", StringComparison.Ordinal)).Select(t => KeyValuePair.Create($"{l.Key} {t.Key}", t.Value))).OrderBy(s => s.Key, StringComparer.Ordinal));

    [Theory]
    [InlineData("en", "en")]
    [InlineData("fr", "fr")]
    [InlineData("bm", "fr")]
    [InlineData(null, "fr")]
    public void What_is_read_out_is_said_to_be_in_the_language_that_it_is_in(string? asked, string spoken) => Assert.Equal(spoken, Wordings.Approved.LanguageOf(asked, "voice.offer"));
}
