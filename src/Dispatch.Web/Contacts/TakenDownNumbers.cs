using Dispatch.Domain.Contacts;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Survivors;

namespace Dispatch.Web.Contacts;

/// <summary>
/// A call-taker took down how she may be reached: the number is marked so, for whenever it rings or writes. What is written without its country is nobody's number; her own, by which she is on
/// the line, asks the alert.
/// </summary>
internal sealed class TakenDownNumbers(ContactDesk contacts, TimeProvider clock, ILogger<TakenDownNumbers> log)
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
}
