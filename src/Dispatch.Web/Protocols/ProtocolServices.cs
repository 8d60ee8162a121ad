namespace Dispatch.Web.Protocols;

internal static class ProtocolServices
{
    public static void AddProtocols(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ProtocolDesk>();
        builder.Services.AddSingleton<PreviewDesk>();
    }
}
