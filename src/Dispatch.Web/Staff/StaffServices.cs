using Dispatch.Channels.Devices;
using Dispatch.Web.Push.Testing;

namespace Dispatch.Web.Staff;

internal static class StaffServices
{
    public static void AddStaff(this WebApplicationBuilder builder)
    {
        builder.Services.AddPolicies();
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddSingleton<PinDesk>();
        builder.Services.AddSingleton<Tickets>();
        builder.Services.AddSingleton<DutyDesk>();
        builder.Services.AddSingleton<OpenOffers>();
        builder.Services.AddSingleton<People>();
        builder.Services.AddSingleton<DeviceDesk>();
        builder.Services.AddSingleton<IDeviceAddresses, DeviceAddresses>();
        builder.Services.AddSingleton<DeviceTester>();
        builder.Services.AddSingleton<DeadDevices>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DeadDevices>());
    }

    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapMe();
        routes.MapDeclared();
        routes.MapDevices();
        routes.MapDeviceTests();
        routes.MapPin();
        routes.MapPassword();
        routes.MapPasswordReset();
    }
}
