using Dispatch.Grains.Hosting;
using Dispatch.Web.Contacts;
using Dispatch.Web.Coordination;
using Dispatch.Web.Gateways;
using Dispatch.Web.Hosting;
using Dispatch.Web.Hotline;
using Dispatch.Web.Limits;
using Dispatch.Web.Live;
using Dispatch.Web.OpenApi;
using Dispatch.Web.Pages;
using Dispatch.Web.Partners;
using Dispatch.Web.Problems;
using Dispatch.Web.Protocols;
using Dispatch.Web.Push;
using Dispatch.Web.Push.WebPush;
using Dispatch.Web.Relays;
using Dispatch.Web.Responders;
using Dispatch.Web.Rosters;
using Dispatch.Web.Sealing;
using Dispatch.Web.ServiceAreas;
using Dispatch.Web.Shelters;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web;

/// <summary>The one executable: each line one capability, in its own folder.</summary>
public static class DispatchHost
{
    /// <param name="args">Settings, as on the command line.</param>
    /// <param name="configure">Runs before anything is registered: what it registers (a clock, ids, a channel) is kept.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot() });
        configure?.Invoke(builder);
        var paths = HostPaths.Read(builder.Configuration, builder.Environment);
        paths.Publish(builder.Configuration);
        builder.AddServing();
        builder.AddSealing(paths);
        builder.AddLive();
        builder.AddFcm(paths);
        builder.AddWebPush(paths);
        builder.AddGateways(paths);
        builder.AddDispatchEngine();
        builder.AddTenant(paths);
        builder.AddStaff();
        builder.AddSurvivors();
        builder.AddResponders();
        builder.AddRelays();
        builder.AddPartners(paths);
        builder.AddHotline();
        builder.AddContacts();
        builder.AddShelters();
        builder.AddProtocols();
        builder.AddRosters();
        builder.AddPages();
        builder.AddApiDocument();
        builder.Services.AddProblemAnswers();
        builder.Services.AddRateLimits();

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseProblemAnswers();
        app.UseAssets();
        app.UsePageCompression();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseCrossSiteGuard();
        app.UsePasswordGuard();
        app.UseBodyFirst();
        app.UseRateLimiter();
        app.MapSurvivors();
        app.MapStaff();
        app.MapPushKey();
        app.MapResponders();
        app.MapRelays();
        app.MapPartners();
        app.MapHotline();
        app.MapContacts();
        app.MapServiceAreas();
        app.MapShelters();
        app.MapMyShifts();
        app.MapProtocols();
        app.MapPreview();
        app.MapChannels();
        app.MapAlertDecisions();
        app.MapLive();
        app.MapGateways();
        app.MapPages();
        app.MapApiDocument();
        app.MapHealth();
        return app;
    }

    /// <summary>Pages and assets lie beside the sources when run from there, and beside the program otherwise.</summary>
    private static string ContentRoot() =>
        Directory.Exists(Path.Combine(Environment.CurrentDirectory, "Pages")) && Directory.Exists(Path.Combine(Environment.CurrentDirectory, "wwwroot"))
            ? Environment.CurrentDirectory
            : AppContext.BaseDirectory;
}
