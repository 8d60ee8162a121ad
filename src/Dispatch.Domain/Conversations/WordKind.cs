namespace Dispatch.Domain.Conversations;

/// <summary>What a word of a text can mean. The lists of a language have these as their names; a list that is absent costs only what it would have understood.</summary>
public enum WordKind
{
    /// <summary>She asks for help and says nothing of which.</summary>
    Help = 1,
    Health = 2,
    Shelter = 3,
    Psychosocial = 4,
    Legal = 5,
    Advocate = 6,
    Transport = 7,

    /// <summary>For a human's eyes: nobody tells police because a word stands in a text.</summary>
    Police = 8,
    Yes = 9,
    No = 10,

    /// <summary>No more texts to this number.</summary>
    Stop = 11,

    /// <summary>What she asked for is not needed any more.</summary>
    Cancel = 12,
    CallMe = 13,
    DoNotCall = 14,

    /// <summary>All is well, she says: perhaps she, perhaps somebody else.</summary>
    NoHelp = 15,

    /// <summary>Under eighteen, without a number.</summary>
    Minor = 16,

    /// <summary>"I am", "I have": what stands before her own age.</summary>
    Mine = 17,
    Years = 18,

    /// <summary>Greetings and thanks: they change nothing of what stands beside them.</summary>
    Filler = 19,

    /// <summary>A real word that looks like a misspelling of one of the others.</summary>
    Other = 20,
}
