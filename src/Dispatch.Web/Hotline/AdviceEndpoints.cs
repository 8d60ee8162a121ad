using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Web.Audit;
using Dispatch.Web.Contacts;
using Dispatch.Web.Limits;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Hotline;

internal static class AdviceEndpoints
{
    public static void MapAdvice(this RouteGroupBuilder hotline)
    {
        hotline.MapPost("/{line}/advice", Count).Produces<AdviceBody>()
            .WithDescription("Counts one call that asked for advice and never becomes an alert: by day and reason, and nothing about who called. With `itemId`, an item of the caller's that is about a number, it is closed as advice and counts once.")
            .WithMetadata(new NeedsKey())
            .Refuses(Code.InvalidBody, Code.InvalidKey, Code.GuardMissing, Code.Of(Refusal.KeyReused), Code.Of(Refusal.NotYours), Code.Of(Refusal.ItemClosed));
        hotline.MapGet("/{line}/advice", Today).Produces<AdviceBody>()
            .WithDescription("How many such calls the line answered today, those too that were closed as advice without a reason.");
    }

    private static async Task<IResult> Count(string line, CountAdviceBody body, HttpContext http, AdviceRows advice, ContactItems contacts, Macs macs, IAudit audit)
    {
        var staff = http.Staff();
        if (!staff.MayUse(line)) return Problem.Of(Code.NotFound);
        var given = IdempotencyKey.Required(http.Request);
        if (given.Key is not { } key) return given.Refused!;
        if (!Enum.IsDefined(body.Reason)) return Problem.Of(Code.InvalidBody, "reason");
        if (body.ItemId is { } named && !(named.Length <= 2 * Bounds.IdMax && ContactItems.Owns(named))) return Problem.Of(Code.InvalidBody, "itemId");
        if (body.ItemId is { } item && await contacts.Advise(item, line, staff) is { } refused) return refused;
        // Without the reason: beside a time and a name it would say what somebody called about.
        await audit.Write(staff.Account, "advice.count", subject: line);
        try
        {
            var figure = body.ItemId is null ? macs.Text($"advice\0{staff.Account}\0{key:D}") : null;
            return await advice.Count(line, body.Reason, macs.IdempotencyKey(staff.Account, key), figure) is { } why ? Problem.Of(why) : Results.Ok(await Read(line, advice));
        }
        catch (TimeoutException)
        {
            return Problem.Of(Code.Unavailable);
        }
    }

    private static async Task<IResult> Today(string line, HttpContext http, AdviceRows advice) =>
        http.Staff().MayUse(line) ? Results.Ok(await Read(line, advice)) : Problem.Of(Code.NotFound);

    private static async Task<AdviceBody> Read(string line, AdviceRows advice)
    {
        var day = advice.Today;
        var counts = await advice.Of(line, day);
        return new AdviceBody(day, await advice.Total(line, day), [.. counts.Select(c => new AdviceCountBody(c.Reason, c.Count))]);
    }
}

public sealed record CountAdviceBody
{
    public required AdviceReason Reason { get; init; }

    /// <summary>The item that it was about, where it stood in the queue: it is closed with it.</summary>
    public string? ItemId { get; init; }
}

/// <param name="Total">Each served call once, whichever way it was said.</param>
/// <param name="Counts">Those of which somebody said the reason.</param>
public sealed record AdviceBody(DateOnly Day, int Total, ImmutableArray<AdviceCountBody> Counts);

public sealed record AdviceCountBody(AdviceReason Reason, int Count);
