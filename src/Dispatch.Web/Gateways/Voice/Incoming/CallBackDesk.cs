using System.Globalization;
using Dispatch.Channels.Gateways;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Numbers;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Rows;
using Dispatch.Web.Contacts;
using Dispatch.Web.Sealing;
using Orleans;

namespace Dispatch.Web.Gateways.Voice.Incoming;

/// <summary>
/// Calls by which the machine rings her back. It is a call from a neutral number on which nothing is said until she gives a sign, by a key or by a word; then she is on the line as if
/// she had rung. Whoever picks up in her place and waits hears nothing at all.
/// </summary>
internal sealed class CallBackDesk(
    GatewayRoutes<VoiceCall> routes, VoiceGateways gateways, ContactDesk contacts, LinesSettings lines, IvrWords words, IGrainFactory grains, IRows rows, Macs macs, TimeProvider clock, IServiceProvider services) : ICallsBack
{
    private const string Key = "call";
    internal const string Word = "word";

    /// <summary>Longer than any gateway reports on it.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    public bool May(string line) => lines.Of(line).RingsBack && gateways.Any;

    public async Task<DeliveryResult> Ring(Contact contact, CancellationToken deadline)
    {
        if (contact.CallBack is not { } back || !PhoneNumber.TryParse(contacts.NumberOf(contact), out var number)) return new DeliveryResult.Never("invalidNumber");
        var reference = macs.Text(string.Create(CultureInfo.InvariantCulture, $"callBack\0{contact.Id}\0{back.MissedAt.UtcTicks}\0{back.Tries}"));
        // Durable before anything rings: a call that nobody can answer to is none.
        await Keep(reference, new CallBackRow(contact.Id, contact.Line, reference));
        var routed = await routes.Send(new VoiceCall(number, reference, Urgent: true), deadline);
        switch (routed.Outcome)
        {
            case GatewayOutcome.Accepted { ExternalId: { } external }:
                await Keep(Alias(routed.Gateway!, external), new CallBackRow(contact.Id, contact.Line, reference));
                return new DeliveryResult.Sent(external);
            case GatewayOutcome.Accepted:
                return new DeliveryResult.Sent();
            case GatewayOutcome.Later later:
                return new DeliveryResult.Later(later.RetryAfter, later.Why);
            case GatewayOutcome.WrongNumber wrong:
                return new DeliveryResult.Never(wrong.Why);
            default:
                return new DeliveryResult.Never("refused");
        }
    }

    /// <summary>Null where it is none of these calls.</summary>
    public async Task<TakenCall?> Take(string gateway, IncomingCall call)
    {
        if ((await rows.Read<CallBackRow>(Tables.CallsBack, call.Reference ?? Alias(gateway, call.Call), Key))?.Value is not { } row) return null;
        // Under the reference and not under the gateway's own id, so that every report of it is about the same call.
        var hers = call.Numbers.Select(n => new InboundNumber(row.Line, "callBack", n, row.Reference)).FirstOrDefault(n => contacts.IdOf(n) == row.ContactId);
        // Whoever answers for another number was never called.
        return hers is null ? new TakenCall(null) : new TakenCall(await Next(hers, row, call with { Call = row.Reference, To = call.Numbers.FirstOrDefault(n => n is not null && n != hers.Raw) ?? call.To }));
    }

    private async Task<IvrStep?> Next(InboundNumber hers, CallBackRow row, IncomingCall call)
    {
        switch (call.Fate)
        {
            case CallFate.PickedUp:
                return new IvrStep(Word, 0) { Reference = row.Reference, Asks = true };
            case CallFate.Key when call.Step is null or Word:
                if (call.Digits is not { Length: > 0 }) return call.Turn > 0 ? null : new IvrStep(Word, 1) { Reference = row.Reference, Asks = true };
                await contacts.Receive(hers, "answered:" + row.Reference, ContactEventKind.CallBackAnswered, c => c with { Within = lines.Of(row.Line).AnswerWithin });
                if (call.Digits == "9") return await Desk.Key(hers, call, row.Reference);
                return words.Say(row.Line, (await View(row))?.Language, "hello", 0, row.Reference);
            case CallFate.Key:
                return await Desk.Key(hers, call, row.Reference);
            case CallFate.Machine:
                await contacts.Receive(hers, "machine:" + row.Reference, ContactEventKind.CallBackFailed, c => c with { Call = null });
                return null;
            case CallFate.Over or CallFate.Dead when (await View(row))?.Call(contacts.CallOf(hers)) is not null:
                if (call.WasConnected) await contacts.Receive(hers, $"{row.Reference}:connected", ContactEventKind.Connected);
                await contacts.Receive(hers, "over:" + row.Reference, ContactEventKind.CallOver);
                return null;
            case CallFate.Connected or CallFate.NotConnected or CallFate.Talked:
                return await Desk.PutThrough(hers, call, row.Reference);
            case CallFate.Over or CallFate.Dead:
                await contacts.Receive(hers, "unanswered:" + row.Reference, ContactEventKind.CallBackFailed, c => c with { Call = null });
                return null;
            default:
                return null;
        }
    }

    /// <summary>Each of the two desks hands calls to the other.</summary>
    private IncomingDesk Desk => services.GetRequiredService<IncomingDesk>();

    private Task<Contact?> View(CallBackRow row) => grains.GetGrain<IContactGrain>(row.ContactId).View();

    private Task Keep(string partition, CallBackRow row) => rows.Write([new RowChange(Tables.CallsBack, partition, Key, row, clock.GetUtcNow() + KeptFor)]);

    private static string Alias(string gateway, string externalId) => $"{gateway}:{externalId}";
}

/// <summary>Which number is rung by which call of the machine.</summary>
internal sealed record CallBackRow(string ContactId, string Line, string Reference)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}
