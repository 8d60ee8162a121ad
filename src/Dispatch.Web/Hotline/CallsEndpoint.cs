using Dispatch.Domain.Alerts;
using Dispatch.Grains.Hotline;
using Dispatch.Web.Audit;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Hotline;

internal static class CallsEndpoint
{
    /// <summary>A call-taker raises for a woman she has on the line, and has the item from the first moment: a human answered already.</summary>
    public static async Task<IResult> Call(string line, HttpContext http, RaiseReading reading, Intake intake, IGrainFactory grains, Nudges nudges, IAudit audit)
    {
        var staff = http.Staff();
        if (!staff.MayUse(line)) return Problem.Of(Code.NotFound);
        if (!RaiseReading.IsJson(http.Request)) return Problem.Of(Code.UnsupportedMediaType);
        var given = IdempotencyKey.Required(http.Request);
        if (given.Key is not { } key) return given.Refused!;
        if (await reading.Json(http.Request, given.Text) is not { } body) return Problem.Of(Code.InvalidBody);
        if (RaiseChecks.Fault(body) is { } member) return Problem.Of(Code.InvalidBody, member);

        await audit.Write(staff.Account, "call.raise", body.Id ?? given.Text);
        var outcome = await intake.ByCallTaker(body, key, line, staff.Account);
        if (outcome.Refused is { } why) return Problem.Of(why);
        var itemId = Ringing.ItemId(outcome.Id, RingReason.NewAlert, 1);
        await grains.GetGrain<IHotlineGrain>(line).Take(itemId, staff.Account);
        nudges.Wake(outcome.Id);
        return Results.Json(new CallBody(itemId, outcome.Id), statusCode: StatusCodes.Status201Created);
    }
}

public sealed record CallBody(string ItemId, string AlertId);
