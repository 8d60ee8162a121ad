using Dispatch.Channels.Words;
using Dispatch.Web.Contacts;

namespace Dispatch.Web.Gateways.Voice.Incoming;

/// <summary>What is said on a call of hers: approved words, recorded where the line has recordings.</summary>
internal sealed class IvrWords(LinesSettings lines)
{
    /// <param name="line">Whose.</param>
    /// <param name="language">As she chose it.</param>
    /// <param name="step">Also the name of the words.</param>
    /// <param name="turn">How often it was said.</param>
    /// <param name="reference">Of a call by which the machine rang.</param>
    public IvrStep Say(string line, string? language, string step, int turn, string? reference = null)
    {
        var settings = lines.Of(line);
        var (key, wanted) = ($"ivr.{step}", language ?? settings.Languages[0]);
        return new IvrStep(step, turn)
        {
            Reference = reference,
            Words = key,
            Text = Wordings.Approved.Of(wanted, key),
            Language = Wordings.Approved.LanguageOf(wanted, key),
            Audio = settings.Audio is { } audio ? new Uri($"{audio.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(wanted)}/{key}.mp3") : null,
            Asks = step is not "rungBack",
        };
    }
}
