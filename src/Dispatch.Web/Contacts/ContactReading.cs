using Dispatch.Channels.Voice;
using Dispatch.Domain;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Numbers;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Contacts;

/// <summary>A contact as the consoles show it, opened and with names.</summary>
internal sealed class ContactReading(ContactDesk desk, People people, VoiceGateways gateways, TimeProvider clock)
{
    public async Task<ContactBody> Read(Contact contact)
    {
        var number = desk.NumberOf(contact);
        var items = await Task.WhenAll(contact.Items.Select(async i => new ContactItemBody(
            i.Ring.ItemId, i.Ring.Reason, i.Ring.At, i.DueAt, await people.PersonOrNull(i.Taken?.By), i.Call is { } call && contact.Call(call) is { OverAt: null })));
        var events = await Task.WhenAll(contact.Events.Select(async e => new ContactEventBody(e.Kind, e.At, await people.PersonOrNull(e.By))));
        return new ContactBody(
            contact.Id, contact.Line, number, contact.Language, Mark(contact.Mark), Marking.MayText(contact, clock.GetUtcNow()), [.. items],
            [.. contact.Calls.Select(c => new ContactCallBody(c.At, c.ConnectedAt, c.OverAt, c.ToHer))], [.. contact.Texts.Select(t => new ContactTextBody(t.At, desk.TextOf(contact, t)))],
            contact.Tie is { } tie ? await Tie(contact, tie) : null, [.. await Task.WhenAll(contact.FormerTies.Select(t => Tie(contact, t)))], contact.CallBack is { } back ? await CallBack(back) : null, [.. events], contact.Version)
        {
            Masked = number is null ? null : PhoneNumber.TryParse(number, out var known) ? known.Masked : Mask.Of(number), ThroughLine = gateways.Any,
        };
    }

    private static MarkBody? Mark(ContactMark? mark) => mark is null ? null : new MarkBody { MayCall = mark.MayCall, MayText = mark.MayText, From = mark.From, Until = mark.Until, Unsafe = mark.Unsafe, IfDropped = mark.IfDropped };

    private async Task<CallBackBody> CallBack(CallBack back) => new(back.MissedAt, back.Tries, back.Over) { By = await people.PersonOrNull(back.By), RingsUntil = back.RingsUntil };

    private async Task<TieBody> Tie(Contact contact, AlertTie tie) => new(tie.AlertId, tie.At, tie.Raised, tie.Merged, tie.UntiedAt)
    {
        How = tie.How is "staff" or "over" ? tie.How : contact.Events.FirstOrDefault(e => e.Id == tie.How) is { } how ? EnumWords.Of(how.Kind) : null,
        By = await people.PersonOrNull(tie.By),
    };
}
