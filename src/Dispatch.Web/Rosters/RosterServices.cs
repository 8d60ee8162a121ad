namespace Dispatch.Web.Rosters;

internal static class RosterServices
{
    public static void AddRosters(this WebApplicationBuilder builder) => builder.Services.AddSingleton<RosterDesk>();
}
