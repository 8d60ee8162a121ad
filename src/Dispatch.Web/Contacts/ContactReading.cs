using Dispatch.Domain.Contacts;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Contacts;

/// <summary>A contact as the consoles show it, opened and with names.</summary>
internal sealed class ContactReading(ContactDesk desk, People people, TimeProvider clock)
{
    public async Task<ContactBody> Read(Contact contact)
    {
        var items = await Task.WhenAll(contact.Items.Select(async i => new ContactItemBody(
            i.Ring.ItemId, i.Ring.Reason, i.Ring.At, i.DueAt, await people.PersonOrNull(i.Taken?.By), i.Call is { } call && contact.Call(call) is { OverAt: null })));
        var events = await Task.WhenAll(contact.Events.Select(async e => new ContactEventBody(e.Kind, e.At, await people.PersonOrNull(e.By))));
        return new ContactBody(
            contact.Id, contact.Line, desk.NumberOf(contact), contact.Language, Mark(contact.Mark), Marking.MayText(contact, clock.GetUtcNow()), [.. items],
            [.. contact.Calls.Select(c => new ContactCallBody(c.At, c.ConnectedAt, c.OverAt, c.ToHer))], [.. contact.Texts.Select(t => new ContactTextBody(t.At, desk.TextOf(contact, t)))],
            contact.Tie is { } tie ? Tie(tie) : null, [.. contact.FormerTies.Select(Tie)], contact.CallBack is { } back ? new CallBackBody(back.MissedAt, back.Tries, back.Over) : null, [.. events], contact.Version);
    }

    private static MarkBody? Mark(ContactMark? mark) => mark is null ? null : new MarkBody { MayCall = mark.MayCall, MayText = mark.MayText, From = mark.From, Until = mark.Until, Unsafe = mark.Unsafe, IfDropped = mark.IfDropped };

    private static TieBody Tie(AlertTie tie) => new(tie.AlertId, tie.At, tie.Raised, tie.Merged, tie.UntiedAt);
}
