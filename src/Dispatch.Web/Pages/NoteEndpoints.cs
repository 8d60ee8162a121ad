using Dispatch.Grains.Alerts;
using Dispatch.Web.Limits;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Pages;

/// <summary>Following and cancelling without scripts, by the cookie that the form post left.</summary>
internal static class NoteEndpoints
{
    public static void MapNote(this IEndpointRouteBuilder routes)
    {
        var note = routes.MapGroup(SurvivorAuthentication.NotePath).RequireAuthorization(Policies.Survivor).RequireRateLimiting(RateLimits.Survivor).ExcludeFromDescription();
        note.MapGet("", Show);
        note.MapPost("/cancel", Cancel);
    }

    private static async Task<IResult> Show(HttpContext http, IGrainFactory grains, PageFiles files, Page page, Tenant tenant, TimeProvider clock)
    {
        var texts = files.Texts(http.Request);
        var view = await grains.GetGrain<IAlertGrain>(AlertOf(http)).SurvivorView();
        return page.Note(texts, view is null ? [texts["carnet.gone"]] : NoteLines.Of(view, texts, clock.GetUtcNow(), tenant.LocalOffset));
    }

    private static async Task<IResult> Cancel(HttpContext http, CancelDesk desk)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        await desk.Cancel(AlertOf(http), form["pin"].ToString().Trim(), http.RequestAborted);
        return new SeeOther(form["lang"] == "en" ? "/note?lang=en" : "/note");
    }

    private static string AlertOf(HttpContext http) => http.User.FindFirst(SurvivorAuthentication.AlertClaim)!.Value;
}
