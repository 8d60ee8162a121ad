namespace Dispatch.Simulation.Promises;

/// <summary>What the platform promises, each by the name under which a failing seed is reported.</summary>
public enum Promise
{
    /// <summary>A raise that was answered is there, with its watch row and its reminder; the same key is the same alert.</summary>
    RaiseKept,

    /// <summary>Whatever the API answered is durable.</summary>
    AnswerDurable,

    /// <summary>Versions and stored facts never go back.</summary>
    FactsOnlyGrow,

    /// <summary>A step that was entered is never entered again and never looks different.</summary>
    StepsStay,

    /// <summary>Nobody accepts where enough people have.</summary>
    FilledOnce,

    /// <summary>Nothing leaves about an offer that is not stored as open at that moment.</summary>
    OnlyOpenOffersSent,

    /// <summary>Police and armed organisations are asked and told on a recorded basis alone.</summary>
    DisclosureHasBasis,

    /// <summary>Whoever she excluded, or who declared a conflict, is neither asked nor told.</summary>
    ExcludedNotTold,

    /// <summary>An ended alert, and one under duress, asks nobody.</summary>
    EndedAsksNobody,

    /// <summary>Who left duty is neither asked nor told for long.</summary>
    OffDutyNotAsked,

    /// <summary>One notice for each alert, person, channel and round.</summary>
    OneNotice,

    /// <summary>One human has an item.</summary>
    OneTaker,

    /// <summary>An open alert that nobody filled and nobody took rings in the line's queue in its time.</summary>
    Rings,

    /// <summary>Somebody on the way who called for help rings at once and until a human has her item, also after the end.</summary>
    PanicRings,

    /// <summary>What a human disclosed in her place and nobody reviewed rings within a day.</summary>
    ReviewRings,

    /// <summary>What a human handed back is nobody's, and rings again.</summary>
    HandedBackRings,

    /// <summary>When a supervisor says that help goes on, people are asked again.</summary>
    GoOnAsksAgain,

    /// <summary>A phone in the wrong hands shows nothing of any help, and nobody takes it on to ring it.</summary>
    UnsafePhoneQuiet,

    /// <summary>What is due is done in its time.</summary>
    DueIsDone,

    /// <summary>After the world healed nobody is owed anything, and everybody knows the newest state.</summary>
    EverybodyTold,

    /// <summary>Every decision is in the history.</summary>
    HistoryComplete,

    /// <summary>Under duress she sees what a cancel shows.</summary>
    DuressLooksCancelled,

    /// <summary>The parts of a house add up: no bed is in two hands, and only staff's own count changes what there is.</summary>
    BedsAddUp,

    /// <summary>What a house holds, somebody has asked for, durably and before; it stays that party's until it ends by a rule, and both sides know it the same.</summary>
    BedPromisedOnce,

    /// <summary>A party gets all the beds that it needs, or none.</summary>
    AllBedsOrNone,

    /// <summary>Every hold is answered, given back or runs out, in its time and no sooner; what a house said yes to is given back by a person.</summary>
    HoldEnds,

    /// <summary>A hold that has ended is not had again, however late it comes.</summary>
    OverStaysOver,

    /// <summary>An alert that has ended keeps no bed from others.</summary>
    EndedFreesBeds,

    /// <summary>Nobody found a bed, or one is booked that nobody needs: that rings until a human has it.</summary>
    BedRings,

    /// <summary>The address is shown to the driver who was let in, for that booking, until then.</summary>
    AddressGuarded,

    /// <summary>Every look at an address is in the history before anything is shown.</summary>
    LooksWritten,

    /// <summary>Not the product: the simulator itself went wrong.</summary>
    SimulatorSound,
}

/// <summary>The first promise that broke in a run.</summary>
public sealed record Broken(Promise Promise, TimeSpan At, string What)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Promise} at {At.TotalSeconds:0.000} s: {What}");
}
