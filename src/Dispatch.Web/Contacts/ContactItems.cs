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

/// <summary>Items of the queue that are about a number: taken, closed and given back as those of alerts are.</summary>
internal sealed class ContactItems(IGrainFactory grains, ItemReading items, People people, Nudges nudges, IAudit audit)
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

    public async Task<IResult> HandBack(string itemId, StaffMember staff)
    {
        if (await Readable(Ringing.AlertOf(itemId)!, staff) is not { } contact) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "item.handBack", contact.Id, itemId);
        return await Answer(contact, await grains.GetGrain<IHotlineGrain>(contact.Line).HandBack(itemId, staff.Account));
    }

    /// <summary>Null where there is none, or it is not this person's to read: whoever must not know of an alert must not learn of the number that it came from.</summary>
    public async Task<Contact?> Readable(string contactId, StaffMember staff)
    {
        if (!ContactId.Is(contactId) || await grains.GetGrain<IContactGrain>(contactId).View() is not { } contact) return null;
        if (!staff.MayUse(contact.Line) || staff.Profile.Organisation.NeedsBasis) return null;
        if (contact.ShutOut?.Holds(staff.Account, staff.Profile.Organisation.Id) is true) return null;
        // As the alerts say at this moment; those, too, that a human parted it from.
        var alerts = await Task.WhenAll(Shutting.Asked(contact).Select(a => grains.GetGrain<IAlertGrain>(a).HotlineView()));
        return alerts.OfType<HotlineView>().All(v => staff.MayRead(v.Alert)) ? contact : null;
    }

    private async Task<IResult> Answer(Contact contact, ClaimResult result)
    {
        nudges.Wake(contact.Id);
        if (result.Refused is { } why) return Problem.Of(Code.Of(why), takenBy: await people.PersonOrNull(result.Claim?.By));
        return Results.Ok(result.Item is { } item ? await items.Read(item) : await items.Read(contact, result.Claim!));
    }
}
