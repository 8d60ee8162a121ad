using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Hotline;
using Dispatch.Web.Audit;
using Dispatch.Web.Hotline;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Contacts;

/// <summary>Items of the queue that are about a number: taken, passed on, closed and given back as those of alerts are.</summary>
internal sealed class ContactItems(IGrainFactory grains, EarlierAlerts earlier, Colleagues colleagues, ItemReading items, People people, Nudges nudges, IAudit audit)
{
    public static bool Owns(string itemId) => ContactId.Is(Ringing.AlertOf(itemId));

    public async Task<IResult> Take(string itemId, StaffMember staff)
    {
        if (await Readable(Ringing.AlertOf(itemId)!, staff) is not { } contact) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "item.take", contact.Id, itemId);
        return await Answer(contact, await grains.GetGrain<IHotlineGrain>(contact.Line).Take(itemId, staff.Account));
    }

    public async Task<IResult> Close(string itemId, CloseBody body, StaffMember staff)
    {
        if (await Readable(Ringing.AlertOf(itemId)!, staff) is not { } contact) return Problem.Of(Code.NotFound);
        // A call has no file of its own: what is worth a note is an alert.
        if (!string.IsNullOrWhiteSpace(body.Note)) return Problem.Of(Code.InvalidBody, "note");
        await audit.Write(staff.Account, "item.close", contact.Id, itemId, body.Outcome.ToString());
        return await Answer(contact, await grains.GetGrain<IHotlineGrain>(contact.Line).Close(itemId, staff.Account, (EndedHow)(int)body.Outcome));
    }

    /// <summary>Closes it as advice; null once that is so. The line's figures have it before this returns, so that whoever counts next counts it.</summary>
    public async Task<IResult?> Advise(string itemId, string line, StaffMember staff)
    {
        if (await Readable(Ringing.AlertOf(itemId)!, staff) is not { } contact || contact.Line != line) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "item.close", contact.Id, itemId, nameof(CloseOutcome.Advice));
        var result = await grains.GetGrain<IHotlineGrain>(line).Close(itemId, staff.Account, EndedHow.Advice);
        if (result.Refused is not null) return await Answer(contact, result);
        await grains.GetGrain<IContactGrain>(contact.Id).Wake();
        return null;
    }

    public async Task<IResult> HandBack(string itemId, StaffMember staff)
    {
        if (await Readable(Ringing.AlertOf(itemId)!, staff) is not { } contact) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "item.handBack", contact.Id, itemId);
        return await Answer(contact, await grains.GetGrain<IHotlineGrain>(contact.Line).HandBack(itemId, staff.Account));
    }

    public async Task<IResult> Offer(string itemId, TransferBody body, StaffMember staff)
    {
        if (await Readable(Ringing.AlertOf(itemId)!, staff) is not { } contact) return Problem.Of(Code.NotFound);
        var about = await About(contact);
        var to = colleagues.Offered(contact.Line, staff.Account, body, c => !c.Organisation.NeedsBasis && contact.ShutOut?.Holds(c.Account, c.Organisation.Id) is not true && about.All(c.MayRead));
        if (to.IsEmpty) return Problem.Of(Code.InvalidBody, "to");
        await audit.Write(staff.Account, "item.transfer", contact.Id, itemId, body.Supervisor is true ? "supervisor" : body.To);
        return await Answer(contact, await grains.GetGrain<IHotlineGrain>(contact.Line).Offer(itemId, staff.Account, to));
    }

    public async Task<IResult> Refuse(string itemId, StaffMember staff)
    {
        if (await Readable(Ringing.AlertOf(itemId)!, staff) is not { } contact) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "item.refuse", contact.Id, itemId);
        return await Answer(contact, await grains.GetGrain<IHotlineGrain>(contact.Line).Refuse(itemId, staff.Account));
    }

    public async Task<IResult> TakeOver(string itemId, StaffMember staff)
    {
        if (await Readable(Ringing.AlertOf(itemId)!, staff) is not { } contact) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "item.takeOver", contact.Id, itemId);
        return await Answer(contact, await grains.GetGrain<IHotlineGrain>(contact.Line).TakeOver(itemId, staff.Account));
    }

    /// <summary>Null where there is none, or it is not this person's to read: whoever must not know of an alert must not learn of the number that it came from.</summary>
    public async Task<Contact?> Readable(string contactId, StaffMember staff)
    {
        if (!ContactId.Is(contactId) || await grains.GetGrain<IContactGrain>(contactId).View() is not { } contact) return null;
        if (!staff.MayUse(contact.Line) || staff.Profile.Organisation.NeedsBasis) return null;
        if (contact.ShutOut?.Holds(staff.Account, staff.Profile.Organisation.Id) is true) return null;
        return (await About(contact)).All(staff.MayRead) ? contact : null;
    }

    /// <summary>As they say at this moment; those, too, that a human parted it from. Of one that does not answer holds what the contact itself keeps of whom it shuts out.</summary>
    private async Task<ImmutableArray<Alert>> About(Contact contact)
    {
        var said = await Task.WhenAll(Shutting.Asked(contact).Select(earlier.Ask));
        return [.. said.Select(one => one.Alert).OfType<Alert>()];
    }

    private async Task<IResult> Answer(Contact contact, ClaimResult result)
    {
        nudges.Wake(contact.Id);
        if (result.Refused is { } why) return Problem.Of(Code.Of(why), takenBy: await people.PersonOrNull(result.Claim?.By));
        return Results.Ok(result.Item is { } item ? await items.Read(item) : await items.Read(contact, result.Claim!));
    }
}
