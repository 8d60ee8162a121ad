using Dispatch.Web.Gateways.Texts;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Gateways;

/// <summary>Where gateways bring what came in and what became of what went out. Answers are empty: some gateways send whatever they are answered to the phone.</summary>
internal static class SmsEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public static void MapTexts(this IEndpointRouteBuilder routes)
    {
        var gateway = routes.MapGroup("/gateways/sms/{provider}").RequireAuthorization(Policies.Gateway).RequireRateLimiting(RateLimits.Gateway).WithTags("Gateways").WithMetadata(new CarriedHere(Carried.Sms))
            .WithDescription("For the gateway that the settings name so, recognised by its signature or, where it has none, by the secret in the path. Safe to repeat.")
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.PayloadTooLarge, Code.Busy, Code.Unavailable);
        foreach (var secret in (string[])["", "/{secret}"])
        {
            gateway.MapMethods(secret, Methods, Text).Produces(StatusCodes.Status204NoContent);
            gateway.MapMethods("/reports" + secret, Methods, Report).Produces(StatusCodes.Status204NoContent);
        }
    }

    private static async Task<IResult> Text(string provider, HttpContext http, SeenTexts seen, AnswerDesk desk, ConversationDesk conversations, InboundLines lines)
    {
        if (Webhook(http).Text(Call(http)) is not { } brought) return Problem.Of(Code.InvalidBody);
        var text = brought with { From = lines.Of($"sms/{provider}", brought.From).Raw ?? brought.From };
        if (await seen.Known(provider, text.Id)) return Results.NoContent();
        if (!await desk.Take(text)) await conversations.Take(provider, text);
        await seen.Keep(provider, text.Id);
        return Results.NoContent();
    }

    private static async Task<IResult> Report(string provider, HttpContext http, TextReports reports)
    {
        if (Webhook(http).Report(Call(http)) is { } report) await reports.Take(provider, report);
        return Results.NoContent();
    }

    private static GatewayCall Call(HttpContext http) => http.Features.Get<GatewayCall>()!;

    private static ISmsWebhook Webhook(HttpContext http) => (ISmsWebhook)http.Features.Get<IGatewayWebhook>()!;
}
