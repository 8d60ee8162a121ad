using Dispatch.Grains.Hosting;
using Dispatch.Web.Audit;
using Dispatch.Web.Demo;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dispatch.Web.Tenancy;

internal static class TenantServices
{
    /// <summary>The tenant of this host: the demo's or the one in the settings, never both.</summary>
    public static void AddTenant(this WebApplicationBuilder builder, HostPaths paths)
    {
        var section = builder.Configuration.GetSection("Tenant");
        if (paths.Demo && section["Id"] is { } real && real != DemoTenant.Id)
        {
            throw new StartRefusedException("Demo:Enabled is set beside a Tenant section. A demo never runs beside a real tenant.");
        }

        if (section["InitialPassword"] is not null)
        {
            throw new StartRefusedException("Tenant:InitialPassword is set. Nobody shares a password: each new account gets one of its own, printed once at the start. Remove the setting.");
        }

        var settings = paths.Demo ? DemoTenant.Settings() : section.Get<TenantSettings>() ?? throw new StartRefusedException("Tenant:Id is not set.");
        if (paths.Demo)
        {
            var password = DemoPassword.Of(builder.Configuration, paths);
            settings.SharedPassword = password.Text;
            builder.Services.AddSingleton(password);
            builder.Services.AddHostedService<DemoGreeting>();
        }

        builder.Services.AddSingleton(services => new Tenant(settings, services.GetRequiredService<Macs>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IAudit, AuditRows>();
        builder.Services.TryAddSingleton<IFirstPasswords, PrintedPasswords>();
        builder.Services.AddSingleton<DutyRows>();
        builder.Services.AddHostedService<Provisioning>();
    }
}
