using System.Collections.Immutable;
using Dispatch.Channels.Voice;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Numbers;
using Dispatch.Web.Hotline;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Contacts;

/// <summary>A contact as the consoles show it, opened and with names.</summary>
internal sealed class ContactReading(ContactDesk desk, People people, NamedNumbers numbers, VoiceGateways gateways, IGrainFactory grains, TimeProvider clock)
{
    /// <param name="contact">Whom she may read.</param>
    /// <param name="staff">Who asks: an alert that she must not know is no hint for her.</param>
    public async Task<LineContactBody> Read(Contact contact, StaffMember staff)
    {
        var number = desk.NumberOf(contact);
        var items = await Task.WhenAll(contact.Items.Select(async i => new ContactItemBody(
            i.Ring.ItemId, i.Ring.Reason, i.Ring.At, i.DueAt, await people.PersonOrNull(i.Taken?.By), i.Call is { } call && contact.Call(call) is { OverAt: null })));
        var asked = (contact.Tie?.Asked ?? []).Concat(contact.Raises.Select(r => r.Command)).ToArray();
        var events = await Task.WhenAll(contact.Events.Select(async e => new ContactEventBody(e.Kind, e.At, await people.PersonOrNull(e.By))));
        return new LineContactBody(
            contact.Id, contact.Line, number, contact.Language, Mark(contact.Mark), Marking.MayText(contact, clock.GetUtcNow()), [.. items],
            [.. contact.Calls.Select(c => new ContactCallBody(c.At, c.ConnectedAt, c.OverAt, c.ToHer))], [.. contact.Texts.Select(t => new ContactTextBody(t.At, desk.TextOf(contact, t)))],
            contact.Tie is { } tie ? await Tie(contact, tie) : null, [.. await Task.WhenAll(contact.FormerTies.Select(t => Tie(contact, t)))], contact.CallBack is { } back ? await CallBack(back) : null, [.. events], contact.Version)
        {
            Masked = number is null ? null : PhoneNumber.TryParse(number, out var known) ? known.Masked : Mask.Of(number),
            ThroughLine = gateways.Any,
            NotKept = contact.NotKept,
            Asked = [.. asked.SelectMany(a => a.Needs).Distinct().Order()],
            AskedAge = (AgeBandWord?)(int?)asked.Min(a => a.AgeBand),
            Hints = await Hints(contact, staff),
        };
    }

    /// <summary>Not what it is tied to, nor what a human parted it from.</summary>
    private async Task<ImmutableArray<HintBody>> Hints(Contact contact, StaffMember staff)
    {
        var decided = contact.FormerTies.Append(contact.Tie).Select(t => t?.AlertId).ToHashSet(StringComparer.Ordinal);
        var named = (await numbers.Of(contact.Id)).Where(n => !decided.Contains(n.AlertId));
        var views = await Task.WhenAll(named.Select(async n => (Named: n, View: await grains.Readable(n.AlertId, staff))));
        return [.. views.Where(v => v.View?.Alert.Line == contact.Line).Select(v => new HintBody(v.Named.AlertId, v.Named.At, v.View!.Alert.Channel, v.View.Alert.Stage is Stage.Open))];
    }

    private static MarkBody? Mark(ContactMark? mark) => mark is null ? null : new MarkBody { MayCall = mark.MayCall, MayText = mark.MayText, From = mark.From, Until = mark.Until, Unsafe = mark.Unsafe, IfDropped = mark.IfDropped, Kept = mark.Kept };

    private async Task<CallBackBody> CallBack(CallBack back) => new(back.MissedAt, back.Tries, back.Over) { By = await people.PersonOrNull(back.By), RingsUntil = back.RingsUntil };

    private async Task<TieBody> Tie(Contact contact, AlertTie tie) => new(tie.AlertId, tie.At, tie.Raised, tie.Merged, tie.UntiedAt)
    {
        How = tie.How is "staff" or "over" ? tie.How : contact.Events.FirstOrDefault(e => e.Id == tie.How) is { } how ? EnumWords.Of(how.Kind) : null,
        By = await people.PersonOrNull(tie.By),
    };
}
