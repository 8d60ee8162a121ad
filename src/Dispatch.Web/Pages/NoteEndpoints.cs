using Dispatch.Grains.Alerts;
using Dispatch.Web.Hotline;
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
        routes.MapGet($"{SurvivorAuthentication.NotePath}/leave", Leave).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Show(HttpContext http, IGrainFactory grains, PageFiles files, Page page, Tenant tenant, MeetingPlaces places, TimeProvider clock)
    {
        NoteCookie.Keep(http, http.Request.Cookies[SurvivorAuthentication.Cookie]!);
        var texts = files.Texts(http.Request);
        var view = await grains.GetGrain<IAlertGrain>(AlertOf(http)).SurvivorView();
        return page.Note(texts, view is null ? [texts["carnet.gone"]] : NoteLines.Of(view, texts, clock.GetUtcNow(), tenant.LocalOffset, seen => places.Open(view.Id, view.WrappedKey!, seen).Landmark));
    }

    /// <summary>The answer is the last page this browser shows of it: the cookie goes with it.</summary>
    private static async Task<IResult> Cancel(HttpContext http, CancelDesk desk, PageFiles files, Assets assets, Tenant tenant)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        await desk.Cancel(AlertOf(http), form["pin"].ToString().Trim(), http.RequestAborted);
        NoteCookie.Forget(http);
        var texts = files.Texts(form["lang"] == "en" ? "en" : "fr");
        var values = new Dictionary<string, string> { ["lang"] = texts.Language, ["exitUrl"] = tenant.ExitUrl, ["version"] = assets.Version };
        return Results.Content(files.Fill("cancelled", texts, values), "text/html; charset=utf-8");
    }

    /// <summary>For anybody: who leaves is not asked who she is.</summary>
    private static SeeOther Leave(HttpContext http, Tenant tenant)
    {
        NoteCookie.Forget(http);
        return new SeeOther(tenant.ExitUrl);
    }

    private static string AlertOf(HttpContext http) => http.User.FindFirst(SurvivorAuthentication.AlertClaim)!.Value;
}

/// <summary>Lives as long as the page renews it: opened again from the history, the page is the neutral one.</summary>
internal static class NoteCookie
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(120);

    public static void Keep(HttpContext http, string value) => http.Response.Cookies.Append(SurvivorAuthentication.Cookie, value, Options(http, Lasts));

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(SurvivorAuthentication.Cookie, Options(http, null));

    private static CookieOptions Options(HttpContext http, TimeSpan? lasts) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = SurvivorAuthentication.NotePath, MaxAge = lasts, IsEssential = true,
    };
}
