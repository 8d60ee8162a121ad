using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Survivors;
using Dispatch.Domain.Ussd;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Rows;
using Dispatch.Web.Contacts;
using Dispatch.Web.Gateways.Texts;
using Dispatch.Web.Sealing;
using Orleans;

namespace Dispatch.Web.Gateways.Ussd;

/// <summary>
/// Menus of phones without data. A session raises one alert however often its last key comes; "received" is shown once that is durable. A session that broke off after she had begun to say what
/// she needs goes to a human.
/// </summary>
internal sealed class UssdDesk(
    ContactDesk contacts, InboundLines lines, LinesSettings settings, NamedNumbers named, HerContact hers, IGrainFactory grains, IRows rows, Macs macs, TimeProvider clock, ILogger<UssdDesk> log)
{
    private const string Key = "session";

    /// <summary>Null where nobody waits for a screen.</summary>
    public async Task<UssdScreen?> Take(string gateway, UssdStep step)
    {
        var (provider, now) = ($"ussd/{gateway}", clock.GetUtcNow());
        var from = lines.Of(provider, step.From) with { CallId = step.SessionId };
        var partition = macs.Text($"ussd\0{provider}\0{step.SessionId}");
        var before = step.All is null ? (await rows.Read<UssdSession>(Tables.Menus, partition, Key))?.Value ?? new UssdSession { At = now } : new UssdSession { At = now };
        var session = step switch
        {
            { All: { } all } => before.TakeAll(all, now),
            { Over: true } => before,
            _ => before.Take(step.Number, step.Input, now),
        };
        var state = UssdMenu.Run(session.Inputs, UssdWords.Shipped.Languages);
        try
        {
            if (state.Stage is UssdStage.Received && !session.Sent)
            {
                await Raise(from, step.SessionId, state.Choices);
                session = session with { Sent = true };
            }
            else if (state.Stage is not UssdStage.Received && !session.BrokenOff && (state.Stage is UssdStage.GaveUp || (step.Over && !state.Choices.Needs.IsEmpty)))
            {
                await ToHuman(from, step.SessionId, state.Choices);
                session = session with { BrokenOff = true };
            }

            if (step.All is null) await rows.Write([new RowChange(Tables.Menus, partition, Key, session, now + UssdSession.Lasts)]);
        }
#pragma warning disable CA1031 // A problem document would be read out to her as a screen; she must know that it was not sent, and the next key tries again.
        catch (Exception failure) when (!step.Over)
#pragma warning restore CA1031
        {
            log.LogError(failure, "A menu could not be kept");
            return new UssdScreen(UssdWords.Shipped.Of(state.Choices.Language, "failed"), Ends: true);
        }

        return step.Over ? null : new UssdScreen(UssdWords.Shipped.Screen(state), state.Ends);
    }

    private async Task Raise(InboundNumber from, string sessionId, UssdChoices choices)
    {
        var (id, now) = (contacts.IdOf(from), clock.GetUtcNow());
        var known = await grains.GetGrain<IContactGrain>(id).View();
        var open = await hers.OpenAlert(known, now);
        var said = Said(choices, from.Raw) ?? HerContact.Marked(known, from.Raw);
        var raise = contacts.NewRaise(id, $"{from.Provider}\0{sessionId}", from.Line, IntakeChannel.Ussd, choices.Language, (r, _) => r with
        {
            Needs = choices.Needs,
            AgeBand = choices.Age,
            Reach = HerContact.ReachOf(said),
        });
        await hers.Open(raise.Id, said, choices.Language, open);
        // A child's path that the open alert does not have yet is a human's to open; so is whether the app brought the same.
        var human = open is { Stage: Stage.Open } ? choices.Minor : await named.Lately(id);
        await contacts.Receive(from, $"{sessionId}:asked", ContactEventKind.HelpAsked, command => command with { Language = choices.Language, Raise = raise, NeedsHuman = human, Within = settings.Of(from.Line).TextWithin });
    }

    private Task ToHuman(InboundNumber from, string eventId, UssdChoices choices) => contacts.Receive(
        from, $"{eventId}:human", ContactEventKind.TextArrived, command => command with { Language = choices.Language, NeedsHuman = true, Within = settings.Of(from.Line).TextWithin });

    /// <summary>She said it with her own keys on the phone that it is about.</summary>
    private static SafeContact? Said(UssdChoices choices, string? number) => choices.Reach switch
    {
        Reach.Call when number is not null => new SafeContact(ContactChannel.Call, number),
        Reach.Sms when number is not null => new SafeContact(ContactChannel.Sms, number),
        Reach.None => new SafeContact(ContactChannel.None),
        _ => null,
    };
}
