using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Gateways.Texts;

/// <summary>
/// What she asks once more is part of the alert that is open: what is new in it is added there, and the alert's history says by which way it came, so that a human sees that two were taken for one.
/// </summary>
internal sealed class Joining(IGrainFactory grains, Vault vault, Macs macs, HerContact hers)
{
    /// <summary>False where the alert does not take it: a human has to read it. Doing it twice adds nothing.</summary>
    /// <param name="alert">The one that is open.</param>
    /// <param name="eventId">Names what came in.</param>
    /// <param name="channel">How it came.</param>
    /// <param name="needs">What she asks for.</param>
    /// <param name="words">As she wrote it.</param>
    /// <param name="said">How she may be reached, where she said so with it.</param>
    public async Task<bool> Add(string alert, string eventId, IntakeChannel channel, ImmutableArray<Need> needs, string? words, SafeContact? said)
    {
        var grain = grains.GetGrain<IAlertGrain>(alert);
        if (await grain.HotlineView() is not { Alert: var known }) return false;
        var reached = said is not null && known.Reach is Reach.Unknown && await hers.Add(alert, said);
        var addition = new AddToAlert
        {
            Needs = needs,
            Note = string.IsNullOrWhiteSpace(words) ? null : vault.AlertKey(alert, known.WrappedKey).Seal(Fields.NoteName, words),
            Reach = reached ? HerContact.ReachOf(said) : null,
            Joins = channel,
            By = Consent.Survivor,
            KeyMac = macs.Text($"join\0{alert}\0{eventId}"),
            BodyMac = macs.Text($"joined\0{alert}\0{eventId}"),
        };
        var answer = await grain.Add(addition);
        if (answer.Refused is Refusal.TooMany && addition.Note is not null) answer = await grain.Add(addition with { Note = null });
        return answer.Refused is null;
    }
}
