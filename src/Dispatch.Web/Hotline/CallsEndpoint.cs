using System.Text.Json.Serialization;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Hotline;
using Dispatch.Web.Audit;
using Dispatch.Web.Contacts;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Hotline;

internal static class CallsEndpoint
{
    public const string Description = "With `contact`, what is written down is about that number: part of the alert that is open for it, answered 200, or an alert of its own that the number is tied to, answered 201.";

    /// <summary>A call-taker raises for a woman she has on the line, and has the item from the first moment: a human answered already.</summary>
    /// <param name="contact">Who rang or wrote, where it is about her.</param>
    public static async Task<IResult> Call(
        string line, string? contact, HttpContext http, RaiseReading reading, Intake intake, ContactItems contacts, CallJoining joining, IGrainFactory grains, Nudges nudges, IAudit audit)
    {
        var staff = http.Staff();
        if (!staff.MayUse(line)) return Problem.Of(Code.NotFound);
        if (!RaiseReading.IsJson(http.Request)) return Problem.Of(Code.UnsupportedMediaType);
        var given = IdempotencyKey.Required(http.Request);
        if (given.Key is not { } key) return given.Refused!;
        if (await reading.Json(http.Request, given.Text) is not { } body) return Problem.Of(Code.InvalidBody);
        if (RaiseChecks.Fault(body) is { } member) return Problem.Of(Code.InvalidBody, member);
        Contact? caller = null;
        if (contact is not null && ((caller = await contacts.Readable(contact, staff)) is null || caller.Line != line)) return Problem.Of(Code.NotFound);

        await audit.Write(staff.Account, "call.raise", body.Id ?? given.Text, caller?.Id);
        if (caller is not null && await joining.Join(caller, body, key, staff) is { } joined) return joined;
        var outcome = await intake.ByCallTaker(body, key, line, staff.Account);
        if (outcome.Refused is { } why) return Problem.Of(why);
        var itemId = Ringing.ItemId(outcome.Id, RingReason.NewAlert, 1);
        await grains.GetGrain<IHotlineGrain>(line).Take(itemId, staff.Account);
        // In the same act, so that what comes next from her number finds it.
        if (caller is not null && body.Exercise is not true) await grains.GetGrain<IContactGrain>(caller.Id).Tie(outcome.Id, carry: false, staff.Account);
        nudges.Wake(outcome.Id);
        return Results.Json(new CallBody(itemId, outcome.Id), statusCode: StatusCodes.Status201Created);
    }
}

public sealed record CallBody(string ItemId, string AlertId)
{
    /// <summary>It was added to the alert that was open already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Joined { get; init; }
}
