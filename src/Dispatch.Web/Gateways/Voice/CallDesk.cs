using System.Diagnostics;
using Dispatch.Channels.Voice;
using Dispatch.Channels.Words;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Responders;
using Dispatch.Web.Responders;
using Dispatch.Web.Sealing;
using Orleans;

namespace Dispatch.Web.Gateways.Voice;

/// <summary>
/// What is said on a call, and what a key means: one is a provisional yes to the offer that she was called about, two a no. Whoever picks up hears neutral words and may be
/// anybody. Everything may come twice, late and in another order.
/// </summary>
internal sealed class CallDesk(CallBook calls, OfferAnswers answers, ReceiptDesk receipts, DeadNumbers dead, IGrainFactory grains, Macs macs, TimeProvider clock)
{
    private const string Taken = "voice.taken";

    /// <summary>What to say next; null to hang up, or where nobody waits to be told.</summary>
    public async Task<Spoken?> Take(string gateway, CallEvent said)
    {
        if (await calls.Find(gateway, said) is not { } call || !IsHers(call.Attempt, said) || clock.GetUtcNow() > call.Attempt.At + CallTimes.OverAfter) return null;
        switch (said.Fate)
        {
            case CallFate.Rings:
                return null;
            case CallFate.PickedUp:
                return await PickedUp(call);
            case CallFate.Machine:
                await calls.Note(call.Id, call.No, a => a.Ended("machine"));
                return null;
            case CallFate.Key:
                return await Key(call, said.Digits);
            case CallFate.Over or CallFate.Dead:
                // Another gateway took the call over from this one, whose answer came too late.
                if (call.Attempt.Gateway is { } holds && holds != gateway) return null;
                await calls.Note(call.Id, call.No, a => a.Ended(said.Why ?? "ended"));
                if (said.Fate is CallFate.Dead && call.Attempt.PickedUpAt is null) await dead.Retire(call.Record.Recipient, call.Attempt.Device, call.Attempt.DeviceAt);
                return null;
            default:
                throw new UnreachableException($"fate {said.Fate}");
        }
    }

    private async Task<Spoken> PickedUp(FoundCall call)
    {
        var now = clock.GetUtcNow();
        await Task.WhenAll(calls.Note(call.Id, call.No, a => a.PickedUp(now) with { Asked = Math.Max(a.Asked, 1) }), Receive(call.Record, ReceiptState.Delivered, now));
        if (call.Record.OfferId is null) return Say(call, call.Record.Words);
        return call.Record.Answered is null && await IsOpen(call.Record) ? Ask(call) : Say(call, Taken);
    }

    private async Task<Spoken?> Key(FoundCall call, string? digits)
    {
        if (!OfferId.TryParse(call.Record.OfferId, out var offer)) return null;
        // The first key that meant something was her answer; the same again, or another one, is not.
        if (call.Record.Answered is { } before) return Say(call, before);
        Understood? understood = digits switch
        {
            "1" => await answers.Accept(call.Record.Recipient, offer, ChannelKind.Voice),
            "2" => await answers.Decline(call.Record.Recipient, offer, ChannelKind.Voice),
            _ => null,
        };
        if (understood is not { } answer) return await AskAgain(call);
        var (now, words) = (clock.GetUtcNow(), $"voice.{EnumWords.Of(answer)}");
        await Task.WhenAll(calls.Note(call.Id, call.No, a => a.PickedUp(now), words), Receive(call.Record, ReceiptState.Seen, now));
        return Say(call, words);
    }

    private async Task<Spoken?> AskAgain(FoundCall call)
    {
        if (call.Attempt.Asked >= CallTimes.MaxAsked) return null;
        await calls.Note(call.Id, call.No, a => a with { Asked = a.Asked + 1 });
        return Ask(call);
    }

    /// <summary>Whoever answers for another number was never called.</summary>
    private bool IsHers(CallAttempt attempt, CallEvent said) =>
        said.Numbers.Any(n => PhoneNumber.TryParse(n, out var number) && macs.Number(number) == attempt.Number);

    private Task Receive(CallRecord record, ReceiptState state, DateTimeOffset now) => OfferId.TryParse(record.OfferId, out var offer)
        ? receipts.Record(offer.Alert, new Receipt(offer.No, record.Recipient, ChannelKind.Voice, state, now, record.Round))
        : Task.CompletedTask;

    private async Task<bool> IsOpen(CallRecord record) => (await grains.GetGrain<IResponderGrain>(record.Recipient).Offers()).Any(o => o.OfferId == record.OfferId);

    private static Spoken Ask(FoundCall call) => Say(call, call.Record.Words) with { Asks = true };

    private static Spoken Say(FoundCall call, string words) =>
        new(call.Attempt.Reference, words, Wordings.Approved.Of(call.Record.Language, words), Wordings.Approved.LanguageOf(call.Record.Language, words), Asks: false);
}
