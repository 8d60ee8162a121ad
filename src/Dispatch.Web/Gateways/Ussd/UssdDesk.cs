using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Ussd;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Rows;
using Dispatch.Web.Contacts;
using Dispatch.Web.Gateways.Texts;
using Dispatch.Web.Gateways.Voice.Incoming;
using Dispatch.Web.Sealing;
using Orleans;

namespace Dispatch.Web.Gateways.Ussd;

/// <summary>
/// Menus of phones without data. A session raises one alert however often its last key comes; "received" is shown once that is durable. A session that broke off after she had begun to say what
/// she needs goes to a human.
/// </summary>
internal sealed class UssdDesk(
    ContactDesk contacts, InboundLines lines, LinesSettings settings, NumberTurns turns, IncomingLimits limits, TooMuch tooMuch, NamedNumbers named, HerContact hers, HerPhones phones, IGrainFactory grains, IRows rows, Macs macs, TimeProvider clock, ILogger<UssdDesk> log)
{
    private const string Key = "session";

    /// <summary>Null where nobody waits for a screen.</summary>
    public async Task<UssdScreen?> Take(string gateway, UssdStep step)
    {
        var from = lines.Of($"ussd/{gateway}", step.From) with { CallId = step.SessionId };
        var (id, screen) = (contacts.IdOf(from), default(UssdScreen));
        return await turns.Take(id, async () => screen = await Next(from, id, step)) ? screen : await Refuse(from, step, null);
    }

    private async Task<UssdScreen?> Next(InboundNumber from, string id, UssdStep step)
    {
        var (provider, now) = (from.Provider, clock.GetUtcNow());
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
            if (!limits.May($"ussd:{id}", begins: false) && !await AsksFirst(id, state, now)) return await Refuse(from, step, state.Choices.Language);
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
            return NotSent(step, state.Choices.Language);
        }

        return step.Over ? null : new UssdScreen(UssdWords.Shipped.Screen(state), state.Ends);
    }

    /// <summary>More than anybody types.</summary>
    private async Task<UssdScreen?> Refuse(InboundNumber from, UssdStep step, string? language)
    {
        try
        {
            await tooMuch.Say(from);
        }
#pragma warning disable CA1031 // The next one of that number says it again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogError(failure, "Nobody was told that a number brings more menus than anybody types");
        }

        return NotSent(step, language);
    }

    /// <summary>Nothing was kept, and she is told so; null where nobody waits for a screen.</summary>
    private static UssdScreen? NotSent(UssdStep step, string? language) => step.Over ? null : new UssdScreen(UssdWords.Shipped.Of(language, "failed"), Ends: true);

    /// <summary>Whoever asks for help and has no alert yet is heard, however much came from the number before.</summary>
    private async Task<bool> AsksFirst(string id, UssdState state, DateTimeOffset now) =>
        state.Stage is UssdStage.Received && !(await grains.GetGrain<IContactGrain>(id).View() is { } known && Tying.IsAboutSame(known, now));

    private async Task Raise(InboundNumber from, string sessionId, UssdChoices choices)
    {
        var (id, now) = (contacts.IdOf(from), clock.GetUtcNow());
        var known = await grains.GetGrain<IContactGrain>(id).View();
        var (open, answers) = await hers.OpenAlert(known, now);
        var number = await phones.Ask(known);
        var said = number.IsKnown || choices.Reach is Reach.None ? HerContact.Chosen(choices.Reach, number.Contact, from.Raw) : null;
        var raise = contacts.NewRaise(id, $"{from.Provider}\0{sessionId}", from.Line, IntakeChannel.Ussd, choices.Language, (r, _) => r with
        {
            Needs = choices.Needs,
            AgeBand = choices.Age,
            Reach = HerContact.ReachOf(said),
        });
        await hers.Open(raise.Id, said, choices.Language, open);
        // A child's path that the open alert does not have yet is a human's to open; so is whether the app brought the same.
        var human = !answers || (open is { Stage: Stage.Open } ? choices.Minor : await named.Lately(id));
        var none = choices.Reach is Reach.None;
        await contacts.Receive(
            from,
            $"{sessionId}:asked",
            ContactEventKind.HelpAsked,
            command => command with { Language = choices.Language, Raise = raise, NoCalls = none, NoTexts = none, NeedsHuman = human, Within = settings.Of(from.Line).TextWithin });
    }

    private Task ToHuman(InboundNumber from, string eventId, UssdChoices choices) => contacts.Receive(
        from, $"{eventId}:human", ContactEventKind.TextArrived, command => command with { Language = choices.Language, NeedsHuman = true, Within = settings.Of(from.Line).TextWithin });
}
