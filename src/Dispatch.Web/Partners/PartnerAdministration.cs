using System.Collections.Immutable;
using Dispatch.Domain.Partners;
using Dispatch.Web.Audit;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Partners;

/// <summary>What administrators do about partners. Each act is recorded before it is done; what is secret is shown in its one answer.</summary>
internal static class PartnerAdministration
{
    private const int MaxTitle = 100;
    private const int MaxUrl = 500;

    public static void MapPartnerAdministration(this IEndpointRouteBuilder routes)
    {
        var partners = routes.MapGroup("/api/v1/partners").RequireAuthorization(Policies.Administrator).RequireRateLimiting(RateLimits.Staff).WithTags("Partners")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.TooManyRequests, Code.Unavailable);
        partners.MapGet("", List).Produces<PartnersBody>();
        partners.MapPost("", Add).Produces<MadeKeyBody>(StatusCodes.Status201Created)
            .WithDescription("A partner with its first key, which is shown this once. Sent twice there are two partners: end the keys of the one.")
            .Refuses(Code.InvalidBody, Code.GuardMissing, Code.KeysFull);
        var one = partners.MapGroup("/{partner}").Refuses(Code.GuardMissing, Code.NotFound);
        one.MapPost("/keys", MakeKey).Produces<MadeKeyBody>(StatusCodes.Status201Created).Refuses(Code.InvalidBody, Code.KeysFull);
        one.MapPost("/keys/{key}/rotate", Rotate).Produces<MadeKeyBody>(StatusCodes.Status201Created)
            .WithDescription("Another key with the same scopes. The one before opens for 24 hours yet.")
            .Refuses(Code.KeysFull);
        one.MapDelete("/keys/{key}", Revoke).Produces(StatusCodes.Status204NoContent).WithDescription("From the next request on it opens nothing.");
        one.MapPut("/quota", SetQuota).Produces<PartnerBody>().Refuses(Code.InvalidBody);
        one.MapPut("/webhook", Point).Produces<WebhookSetBody>()
            .WithDescription("Where the partner is told how its alerts stand. The secret is new each time and shown this once.")
            .Refuses(Code.InvalidBody, Code.WebhookRefused);
        one.MapDelete("/alarms/{trouble}", Seen).Produces(StatusCodes.Status204NoContent).WithDescription("An administrator has looked at it. It comes back if it goes on.")
            .Refuses(Code.InvalidBody);
    }

    private static async Task<IResult> List(PartnerRows partners, PartnerUse use) =>
        Results.Ok(new PartnersBody([.. (await partners.All()).Select(p => PartnerBody.Of(p, use.RaisedNow(p.Id)))]));

    private static async Task<IResult> Add(NewPartnerBody body, HttpContext http, PartnerRows partners, PartnerKeys keys, IAudit audit, TimeProvider clock)
    {
        if (string.IsNullOrWhiteSpace(body.Title) || body.Title.Length > MaxTitle) return Problem.Of(Code.InvalidBody, "title");
        if (body.PerHour is < 1 or > Partner.MaxQuota) return Problem.Of(Code.InvalidBody, "perHour");
        if (Scopes(body.Scopes) is not { } scopes) return Problem.Of(Code.InvalidBody, "scopes");
        var (me, id, now) = (http.Staff().Account, keys.NewId(), clock.GetUtcNow());
        var made = keys.Make(id);
        await audit.Write(me, "partner.add", subject: id, detail: made.Id);
        var partner = PartnerBook.AddKey(new Partner { Id = id, Title = body.Title.Trim(), MadeAt = now, MadeBy = me, PerHour = body.PerHour }, made.Id, made.Hash, scopes, me, now)!;
        return await partners.Add(partner) ? Made(id, made.Id, made.Text) : Problem.Of(Code.KeysFull);
    }

    private static async Task<IResult> MakeKey(string partner, ScopesBody body, HttpContext http, PartnerRows partners, PartnerKeys keys, IAudit audit, TimeProvider clock)
    {
        if (Scopes(body.Scopes) is not { } scopes) return Problem.Of(Code.InvalidBody, "scopes");
        if (!PartnerKeys.IsId(partner)) return Problem.Of(Code.NotFound);
        var (me, made) = (http.Staff().Account, keys.Make(partner));
        await audit.Write(me, "partner.key.make", subject: partner, detail: made.Id);
        var (known, next) = await partners.Change(partner, p => PartnerBook.AddKey(p, made.Id, made.Hash, scopes, me, clock.GetUtcNow()));
        return known is null ? Problem.Of(Code.NotFound) : next is null ? Problem.Of(Code.KeysFull) : Made(partner, made.Id, made.Text);
    }

    private static async Task<IResult> Rotate(string partner, string key, HttpContext http, PartnerRows partners, PartnerKeys keys, IAudit audit, TimeProvider clock)
    {
        if (!PartnerKeys.IsId(partner)) return Problem.Of(Code.NotFound);
        var (me, made) = (http.Staff().Account, keys.Make(partner));
        await audit.Write(me, "partner.key.rotate", subject: partner, detail: $"{Known(key)} {made.Id}");
        var (known, next) = await partners.Change(partner, p => PartnerBook.Rotate(p, key, made.Id, made.Hash, me, clock.GetUtcNow()));
        if (known?.Keys.Any(k => k.Id == key && k.Opens(clock.GetUtcNow())) is not true) return Problem.Of(Code.NotFound);
        return next is null ? Problem.Of(Code.KeysFull) : Made(partner, made.Id, made.Text);
    }

    private static async Task<IResult> Revoke(string partner, string key, HttpContext http, PartnerRows partners, IAudit audit, TimeProvider clock)
    {
        await audit.Write(http.Staff().Account, "partner.key.revoke", subject: Known(partner), detail: Known(key));
        var (_, next) = await partners.Change(partner, p => PartnerBook.Revoke(p, key, clock.GetUtcNow()));
        return next is null ? Problem.Of(Code.NotFound) : Results.NoContent();
    }

    private static async Task<IResult> SetQuota(string partner, QuotaBody body, HttpContext http, PartnerRows partners, PartnerUse use, IAudit audit)
    {
        if (body.PerHour is < 1 or > Partner.MaxQuota) return Problem.Of(Code.InvalidBody, "perHour");
        await audit.Write(http.Staff().Account, "partner.quota", subject: Known(partner), detail: body.PerHour.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var (_, next) = await partners.Change(partner, p => p with { PerHour = body.PerHour });
        return next is null ? Problem.Of(Code.NotFound) : Results.Ok(PartnerBody.Of(next, use.RaisedNow(partner)));
    }

    private static async Task<IResult> Point(string partner, WebhookBody body, HttpContext http, PartnerRows partners, WebhookHttp webhooks, Macs macs, IAudit audit, TimeProvider clock)
    {
        var url = string.IsNullOrWhiteSpace(body.Url) ? null : body.Url.Trim();
        if (url?.Length > MaxUrl) return Problem.Of(Code.InvalidBody, "url");
        if (url is not null && !webhooks.May(url)) return Problem.Of(Code.WebhookRefused, "It must be https, at a name on the open internet, on the usual port.");
        var me = http.Staff().Account;
        await audit.Write(me, url is null ? "partner.webhook.end" : "partner.webhook.set", subject: Known(partner));
        var (_, next) = await partners.Change(partner, p => PartnerBook.Point(p, url, me, clock.GetUtcNow()));
        if (next is null) return Problem.Of(Code.NotFound);
        return Results.Ok(new WebhookSetBody(partner, url, next.Webhook is { } webhook ? WebhookHttp.SecretText(macs.WebhookSecret(partner, webhook.Serial)) : null));
    }

    private static async Task<IResult> Seen(string partner, string trouble, HttpContext http, PartnerRows partners, IAudit audit)
    {
        if (!Enum.TryParse<PartnerTrouble>(trouble, ignoreCase: true, out var which) || !Enum.IsDefined(which)) return Problem.Of(Code.InvalidBody, "trouble");
        await audit.Write(http.Staff().Account, "partner.alarm.seen", subject: Known(partner), detail: which.ToString());
        var (_, next) = await partners.Change(partner, p => PartnerBook.Seen(p, which));
        return next is null ? Problem.Of(Code.NotFound) : Results.NoContent();
    }

    private static ImmutableArray<PartnerScope>? Scopes(ImmutableArray<PartnerScope>? given) => given is { } scopes && PartnerBook.IsUse(scopes) ? scopes : null;

    private static IResult Made(string partner, string key, string text) => Results.Json(new MadeKeyBody(partner, key, text), statusCode: StatusCodes.Status201Created);

    /// <summary>The audit keeps ids and no free text.</summary>
    private static string? Known(string id) => PartnerKeys.IsId(id) ? id : null;
}

public sealed record QuotaBody(int PerHour = 0);
