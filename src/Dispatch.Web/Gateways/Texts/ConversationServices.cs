using Dispatch.Web.Hosting;

namespace Dispatch.Web.Gateways.Texts;

internal static class ConversationServices
{
    public static void AddConversations(this IServiceCollection services)
    {
        services.AddReadAtStart<InboundLines>();
        services.AddSingleton<NumberTurns>();
        services.AddSingleton<TooMuch>();
        services.AddSingleton<HerContact>();
        services.AddSingleton<ConversationDesk>();
    }
}
