using System.Globalization;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Contacts;

/// <summary>
/// A call-taker took down how she may be reached: the number is marked so, for whenever it rings or writes. What is written without its country is nobody's number; her own, by which she is on
/// the line, asks the alert.
/// </summary>
internal sealed class NumberMarks(ContactDesk contacts, IGrainFactory grains, Vault vault, TimeProvider clock, ILogger<NumberMarks> log)
{
    private const string Provider = "staff";

    /// <param name="line">Of the alert.</param>
    /// <param name="said">What was taken down.</param>
    /// <param name="by">Who did.</param>
    /// <param name="act">Names it: the same again changes nothing.</param>
    public async Task Mark(string line, SafeContact? said, string by, string act)
    {
        if (said is null or { Channel: ContactChannel.None } || !PhoneNumber.TryParse(said.Number, out var number)) return;
        try
        {
            var mark = new ContactMark(said.Channel is ContactChannel.Call, said.Channel is ContactChannel.Sms, said.HoursFrom, said.HoursTo, by, clock.GetUtcNow()) { IfDropped = said.IfDropped };
            await contacts.Receive(new InboundNumber(line, Provider, number.E164), act, ContactEventKind.Marked, command => command with { Mark = mark });
        }
#pragma warning disable CA1031 // The alert is there and answers for itself.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("A number that was taken down was not marked: {Failure}", failure.GetType().Name);
        }
    }

    /// <summary>
    /// Where somebody else may hold the phone of this alert, no machine rings the number in it or writes there, although nothing may ever have come from it. What a call-taker took down since is
    /// another number. By hearsay: whoever typed it may have had no right to. Said again it changes nothing.
    /// </summary>
    public async Task Silence(string alertId)
    {
        if (await grains.GetGrain<IAlertGrain>(alertId).HotlineView() is not { Alert: { Exercise: false, ContactAnew: false } alert } || HerPhone.Of(alert).SilencedAt is not { } at) return;
        if (await grains.GetGrain<ISurvivorSessionGrain>(alertId).SafeContact() is not { } contact) return;
        if (!PhoneNumber.TryParse(vault.SessionKey(alertId).Open(Fields.ContactName, contact).Number, out var number)) return;
        var act = string.Create(CultureInfo.InvariantCulture, $"{alertId}:silenced:{at.UtcTicks}");
        await contacts.Receive(new InboundNumber(alert.Line, Provider, number.E164), act, ContactEventKind.Marked, command => command with { SilencedAt = at });
    }

    /// <summary>The same beside an answer that must not take longer for it, whoever asks.</summary>
    public void SilenceAside(string alertId) => _ = Try(alertId);

    private async Task Try(string alertId)
    {
        try
        {
            await Task.Yield();
            await Silence(alertId);
        }
#pragma warning disable CA1031 // Nobody waits for it, and a supervisor decides about the alert.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("The number of an alert whose phone may be in other hands was not marked: {Failure}", failure.GetType().Name);
        }
    }
}
