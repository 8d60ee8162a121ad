using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Hotline;

/// <summary>What she says to a call-taker, from whichever phone: no PIN is asked for, the account of the call-taker stands for it.</summary>
public sealed record StaffAdditionBody
{
    public ImmutableArray<Need>? Needs { get; init; }
    public LocationBody? Location { get; init; }
    public PartyBody? Party { get; init; }

    /// <summary>People and organisations by name, and women only.</summary>
    public ExclusionsBody? Exclusions { get; init; }

    /// <summary>For which need whoever said yes must not know any more: she knows nobody's name.</summary>
    public Need? NotWhoAccepted { get; init; }

    /// <summary>Takes the place of the one that is there.</summary>
    public SafeContactBody? SafeContact { get; init; }

    /// <summary>Never lowered.</summary>
    public SpokenHow? Verification { get; init; }
}

/// <summary>How she was spoken with.</summary>
public enum SpokenHow { Voice = Verification.Voice, InPerson = Verification.InPerson }

/// <param name="UnknownNames">Who must not know and is nobody of the programme by that name: the words are kept for people to read, and no machine keeps anybody from being asked.</param>
public sealed record StaffAddedBody(long Version, ImmutableArray<string> UnknownNames);
