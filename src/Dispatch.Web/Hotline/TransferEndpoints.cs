using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.Grains.Hotline;
using Dispatch.Web.Audit;
using Dispatch.Web.Contacts;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Hotline;

/// <summary>An item goes from one named person to another: offered and taken, taken over by a supervisor, or everything handed back when a shift ends.</summary>
internal static class TransferEndpoints
{
    public static void MapTransfers(this RouteGroupBuilder hotline)
    {
        hotline.MapGet("/{line}/colleagues", List).Produces<ColleaguesBody>()
            .WithDescription("Who else answers on this line.");
        hotline.MapPost("/items/{itemId}/transfer", Offer).Produces<ItemBody>()
            .WithDescription("Offers a taken item to a colleague or to the line's supervisors. It stays with whoever has it until one of them takes it, and calls her again when nobody does within 60 seconds.")
            .Refuses(Code.InvalidBody, Code.GuardMissing, Code.Of(Refusal.NotYours), Code.Of(Refusal.ItemClosed));
        hotline.MapPost("/items/{itemId}/refuse", Refuse).Produces<ItemBody>()
            .WithDescription("Somebody it is offered to does not take it.")
            .Refuses(Code.GuardMissing, Code.Of(Refusal.NotYours), Code.Of(Refusal.ItemClosed));
        hotline.MapPost("/items/{itemId}/take-over", TakeOver).RequireAuthorization(Policies.Supervisor).Produces<ItemBody>()
            .WithDescription("A supervisor has the item from now on, whoever had it.")
            .Refuses(Code.GuardMissing, Code.Of(Refusal.TakenByOther), Code.Of(Refusal.ItemClosed));
        hotline.MapPost("/{line}/hand-back", HandBackAll).Produces<HandedBackBody>()
            .WithDescription("At the end of a shift: every item of this line that the caller has taken rings again, as a new one.")
            .Refuses(Code.GuardMissing);
    }

    private static IResult List(string line, HttpContext http, Colleagues colleagues) => http.Staff().MayUse(line)
        ? Results.Ok(new ColleaguesBody([.. colleagues.Of(line, but: http.Staff().Account).Select(c => new ColleagueBody(c.Account, c.Name, c.Supervisor))]))
        : Problem.Of(Code.NotFound);

    private static async Task<IResult> Offer(
        string itemId, TransferBody body, HttpContext http, IGrainFactory grains, Colleagues colleagues, ItemReading items, People people, Nudges nudges, ContactItems contacts, IAudit audit)
    {
        if (ContactItems.Owns(itemId)) return await contacts.Offer(itemId, body, http.Staff());
        if (await HotlineEndpoints.AlertOf(itemId, http.Staff(), grains) is not { } alert) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        var to = colleagues.Offered(alert.Line, me, body, c => MayHave(c, alert, itemId));
        if (to.IsEmpty) return Problem.Of(Code.InvalidBody, "to");
        await audit.Write(me, "item.transfer", alert.Id, itemId, body.Supervisor is true ? "supervisor" : body.To);
        return await HotlineEndpoints.Answer(alert, await grains.GetGrain<IHotlineGrain>(alert.Line).Offer(itemId, me, to), items, people, nudges);
    }

    /// <summary>Whoever must not know of it, or could not decide what it waits for, is not offered it.</summary>
    private static bool MayHave(Colleague colleague, Alert alert, string itemId) =>
        colleague.MayRead(alert) && (colleague.Supervisor || !HotlineEndpoints.ForSupervisors(alert, itemId));

    private static async Task<IResult> Refuse(string itemId, HttpContext http, IGrainFactory grains, ItemReading items, People people, Nudges nudges, ContactItems contacts, IAudit audit)
    {
        if (ContactItems.Owns(itemId)) return await contacts.Refuse(itemId, http.Staff());
        if (await HotlineEndpoints.AlertOf(itemId, http.Staff(), grains) is not { } alert) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "item.refuse", alert.Id, itemId);
        return await HotlineEndpoints.Answer(alert, await grains.GetGrain<IHotlineGrain>(alert.Line).Refuse(itemId, me), items, people, nudges);
    }

    private static async Task<IResult> TakeOver(string itemId, HttpContext http, IGrainFactory grains, ItemReading items, People people, Nudges nudges, ContactItems contacts, IAudit audit)
    {
        if (ContactItems.Owns(itemId)) return await contacts.TakeOver(itemId, http.Staff());
        if (await HotlineEndpoints.AlertOf(itemId, http.Staff(), grains) is not { } alert) return Problem.Of(Code.NotFound);
        var me = http.Staff().Account;
        await audit.Write(me, "item.takeOver", alert.Id, itemId);
        return await HotlineEndpoints.Answer(alert, await grains.GetGrain<IHotlineGrain>(alert.Line).TakeOver(itemId, me), items, people, nudges);
    }

    private static async Task<IResult> HandBackAll(string line, HttpContext http, IGrainFactory grains, Nudges nudges, IAudit audit)
    {
        var staff = http.Staff();
        if (!staff.MayUse(line)) return Problem.Of(Code.NotFound);
        var hotline = grains.GetGrain<IHotlineGrain>(line);
        // What she may no longer read, too: of all that she has, nothing stays with her.
        var view = await hotline.Queue();
        var given = 0;
        foreach (var item in view.Items.Where(i => i.State is QueueState.Taken && i.TakenBy == staff.Account))
        {
            var owner = Ringing.AlertOf(item.ItemId)!;
            await audit.Write(staff.Account, "item.handBack", owner, item.ItemId);
            if ((await hotline.HandBack(item.ItemId, staff.Account)).Refused is null) given++;
            nudges.Wake(owner);
        }

        return Results.Ok(new HandedBackBody(given));
    }
}

/// <param name="To">A colleague's account.</param>
/// <param name="Supervisor">Instead: whichever supervisor of the line takes it first.</param>
public sealed record TransferBody(string? To = null, bool? Supervisor = null);

/// <param name="Items">How many items ring again.</param>
public sealed record HandedBackBody(int Items);

public sealed record ColleaguesBody(ImmutableArray<ColleagueBody> Items);

public sealed record ColleagueBody(string Id, string DisplayName, bool Supervisor);
