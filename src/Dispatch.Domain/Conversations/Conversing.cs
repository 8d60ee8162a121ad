namespace Dispatch.Domain.Conversations;

/// <summary>
/// One text of somebody who is not staff, and what follows. Help is raised without a question. Whatever could undo help, and whatever is not understood, goes to a human. A word goes back only
/// where a human wrote down that texts are safe there; it says that something arrived, and never what.
/// </summary>
public static class Conversing
{
    public const string Received = "sms.received";
    public const string MayCall = "sms.mayCall";
    public const string Thanks = "sms.thanks";

    /// <summary>What one number is listened to; more is a machine, or somebody who wants to drown what she wrote.</summary>
    public const int MaxTexts = 30;

    public static readonly TimeSpan CountedFor = TimeSpan.FromHours(1);

    /// <summary>A second word within this time says nothing new, and lights up her screen once more.</summary>
    public static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(10);

    /// <summary>A "yes" that comes later may answer somebody else.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(30);

    /// <summary>Null where nothing is done: the number wrote too much, and a human was told so once. A call for help is heard even then, where none is open.</summary>
    public static Turn? Hear(Conversation talk, Standing standing, string? text, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(talk);
        ArgumentNullException.ThrowIfNull(standing);
        var heard = Hearing.Read(text, standing.Language);
        var counted = Count(talk, now);
        var raises = heard.AsksForHelp && !standing.Open;
        if (counted.Texts > MaxTexts + 1 && !raises) return null;
        var answers = heard.Answer is not null && talk.AskedAt is { } asked && now - asked <= AnswerWithin && now >= asked ? talk.Asked : null;
        var turn = new Turn(answers is null ? counted : counted with { Asked = null, AskedAt = null }) { Language = heard.Language ?? standing.Language };
        if (counted.Texts == MaxTexts + 1 && !raises) return turn with { NeedsHuman = true };

        turn = heard switch
        {
            { AsksForHelp: true } => turn with { Raise = true, Needs = heard.Needs, Age = heard.Age },
            // It also means "make him stop": a human reads it, whatever else is known of her.
            { Stop: true } => turn with { Next = turn.Next with { StoppedAt = now }, Stops = true, NeedsHuman = true },
            // Who sends it nobody knows: what runs goes on until a human has looked.
            { Cancel: true } or { DoNotCall: true } => turn with { NeedsHuman = true },
            { Answer: { } yes } when answers is Question.MayWeCall => turn with { CallHer = yes },
            _ => turn with { NeedsHuman = !heard.CallMe },
        };
        // Beside whatever else it says, and for a human's eyes.
        if (heard.CallMe) turn = turn with { CallHer = true };
        if (heard.NamesPolice || (heard.AsksForHelp && heard.DoNotCall) || OpensChildPath(heard, standing)) turn = turn with { NeedsHuman = true };
        return Answer(turn, talk, standing, heard, answers, now);
    }

    private static Turn Answer(Turn turn, Conversation talk, Standing standing, Heard heard, Question? answers, DateTimeOffset now)
    {
        var stopped = turn.Next.StoppedAt is { } at && !(standing.MarkedAt > at);
        if (!standing.MayText || stopped || heard.Cancel) return turn;
        var word = answers is not null ? Thanks
            : talk.RepliedAt is { } last && now - last < QuietFor && now >= last ? null
            : turn is { Raise: true, CallHer: false } && !heard.DoNotCall && !standing.Open && !IsChild(turn, standing) ? MayCall
            : Received;
        if (word is null) return turn;
        var next = turn.Next with { RepliedAt = now };
        return turn with { Reply = word, Next = word is MayCall ? next with { Asked = Question.MayWeCall, AskedAt = now } : next };
    }

    /// <summary>The alert that is open goes the way of grown women; only a human can change that.</summary>
    private static bool OpensChildPath(Heard heard, Standing standing) => standing is { Open: true, Child: false } && heard.Age is not (null or Alerts.AgeBand.Adult);

    private static bool IsChild(Turn turn, Standing standing) => standing.Child || turn.Age is not (null or Alerts.AgeBand.Adult);

    /// <summary>A clock that went back begins anew.</summary>
    private static Conversation Count(Conversation talk, DateTimeOffset now) =>
        talk.Since is { } since && now - since < CountedFor && now >= since ? talk with { Texts = talk.Texts + 1 } : talk with { Texts = 1, Since = now };
}
