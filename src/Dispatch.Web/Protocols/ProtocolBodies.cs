using System.Collections.Immutable;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Protocols;
using Dispatch.Web.Problems;

namespace Dispatch.Web.Protocols;

public sealed record DraftBody
{
    /// <summary>For one service area; absent for every area that has no protocol of its own.</summary>
    public string? Area { get; init; }

    /// <summary>What changed and who agreed.</summary>
    public string? Note { get; init; }

    /// <summary>The whole document. Its version is given by the service.</summary>
    public required Rules Rules { get; init; }
}

public sealed record RedraftBody
{
    public string? Note { get; init; }
    public required Rules Rules { get; init; }
}

/// <param name="Items">The newest first.</param>
public sealed record ProtocolListBody(ImmutableArray<ProtocolItem> Items);

public sealed record ProtocolItem(int Version, string? Area, ProtocolState State, string? Note, DateTimeOffset DraftedAt, DateTimeOffset? ActivatedAt, DateTimeOffset? RetiredAt);

/// <param name="Faults">What keeps a draft from being put in force; empty when nothing does.</param>
public sealed record ProtocolBody(
    int Version, string? Area, ProtocolState State, string? Note, PersonBody DraftedBy, DateTimeOffset DraftedAt, PersonBody? ActivatedBy, DateTimeOffset? ActivatedAt, DateTimeOffset? RetiredAt,
    Rules Rules, ImmutableArray<RuleFault> Faults);

/// <param name="Protocol">The version that was looked through.</param>
/// <param name="On">While the area is not switched on, machines ask nobody there.</param>
public sealed record PreviewBody(string Area, DateTimeOffset At, int Protocol, bool On, ImmutableArray<PreviewNeedBody> Needs);

/// <param name="NeedsConsent">Nobody is asked before she agrees.</param>
/// <param name="Gap">The steps end and nobody was asked.</param>
public sealed record PreviewNeedBody(Need Need, bool NeedsConsent, bool Gap, ImmutableArray<PreviewStepBody> Steps, ImmutableArray<PreviewNotAskedBody> NotAsked);

/// <param name="AfterSeconds">After the alert, when no phone confirms and nobody answers.</param>
/// <param name="Everybody">The neighbouring areas as well.</param>
public sealed record PreviewStepBody(int AfterSeconds, bool Everybody, ImmutableArray<PreviewPersonBody> People);

/// <param name="On">On what she would be told, and how long after the step began; only what this installation can send on and she has a device for. Open pages are not counted.</param>
public sealed record PreviewPersonBody(PersonBody Person, ImmutableArray<Mode> Modes, ImmutableArray<PreviewChannelBody> On);

public sealed record PreviewChannelBody(Domain.Channels.ChannelKind Channel, int AfterSeconds);

public sealed record PreviewNotAskedBody(PersonBody Person, NotAsked Reason);
