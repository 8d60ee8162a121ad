using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Statistics;

namespace Dispatch.Domain.Contacts;

/// <summary>How a line answered in some hours. A count from one to four is held back, and a share with it: in a quiet place one call is one woman.</summary>
/// <param name="Calls">Calls that rang for a human, and were answered or abandoned.</param>
/// <param name="CallsInTime">Of these, taken within the line's target by somebody who then spoke with her, or still may: who hung up before that was not answered.</param>
/// <param name="CallsInTimePercent">Of all calls, those too that hung up first.</param>
/// <param name="MissedCalls">Calls that are or were owed a call-back.</param>
/// <param name="CalledBackInTime">Of these, within the line's target, by a human or the machine.</param>
/// <param name="Texts">That a human had to read.</param>
/// <param name="Advice">What was served and never became an alert, whether it stood in the queue or not.</param>
public sealed record LineFigures(int? Calls, int? CallsInTime, int? CallsInTimePercent, int? MissedCalls, int? CalledBackInTime, int? CalledBackInTimePercent, int? Texts, int? Advice)
{
    public static LineFigures Of(IEnumerable<ContactFigure> figures, TimeSpan answerWithin, TimeSpan callBackWithin)
    {
        ImmutableArray<ContactFigure> all = [.. figures];
        ImmutableArray<ContactFigure> rang = [.. all.Where(f => !f.GivenBack)];
        ImmutableArray<ContactFigure> calls = [.. rang.Where(f => f.Reason is RingReason.CallRinging && (f.AnsweredAt is not null || f.Abandoned))];
        ImmutableArray<ContactFigure> missed = [.. rang.Where(f => f.Reason is RingReason.CallBackOwed)];
        var (called, back) = (Split(calls, f => f.AnsweredAt - f.At <= answerWithin), Split(missed, f => f.AnsweredAt - f.At <= callBackWithin));
        return new LineFigures(
            called.All, called.InTime, called.Percent, back.All, back.InTime, back.Percent,
            Shown(rang.Count(f => f.Reason is RingReason.TextWaiting)), Shown(all.Count(f => f.Outcome is EndedHow.Advice)));
    }

    /// <summary>The rest of a whole is a count, too: where it is small, neither part is said.</summary>
    private static (int? All, int? InTime, int? Percent) Split(ImmutableArray<ContactFigure> figures, Func<ContactFigure, bool> inTime)
    {
        var (whole, part) = (figures.Length, figures.Count(inTime));
        var says = Shown(whole) is not null && Shown(part) is not null && Shown(whole - part) is not null;
        return (Shown(whole), says ? part : null, says && whole > 0 ? (int)Math.Round(100.0 * part / whole) : null);
    }

    private static int? Shown(int count) => count is > 0 and < SmallCells.Fewest ? null : count;
}
