using System.Threading.RateLimiting;
using Dispatch.Web.Gateways;
using Dispatch.Web.Pages;
using Dispatch.Web.Partners;
using Dispatch.Web.Problems;
using Dispatch.Web.Shelters.Tablets;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Limits;

/// <summary>
/// What one caller may take of this host. A first alert is never refused for who or where it comes from: many phones share one address. It only waits its turn when
/// the host has more at once than it can write.
/// </summary>
internal static class RateLimits
{
    public const string Raise = "raise";
    public const string SignIn = "signIn";
    public const string Staff = "staff";
    public const string Survivor = "survivor";
    public const string Gateway = "gateway";
    public const string PartnerRaise = "partnerRaise";
    public const string PartnerStatus = "partnerStatus";

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<SignInTries>();
        services.AddSingleton<NobodysTries>();
        services.AddSingleton<WrongKeys>();
        services.AddRateLimiter(limits =>
        {
            limits.AddPolicy(Raise, _ => RateLimitPartition.GetConcurrencyLimiter("raise", _ => AtOnce(256, waiting: 5000)));
            // Checking a password costs processor time on purpose; it must not take it from alerts.
            limits.AddPolicy(SignIn, _ => RateLimitPartition.GetConcurrencyLimiter("signIn", _ => AtOnce(2, waiting: 500)));
            limits.AddPolicy(Staff, http => RateLimitPartition.GetTokenBucketLimiter(http.Features.Get<StaffMember>()?.Session ?? http.Features.Get<HouseTablet>()?.Ticket.Session ?? "", _ => Steady(300, perSecond: 20)));
            limits.AddPolicy(Survivor, http => RateLimitPartition.GetTokenBucketLimiter(
                http.User.FindFirst(SurvivorAuthentication.AlertClaim)?.Value ?? http.Features.Get<StaffMember>()?.Session ?? "", _ => Steady(120, perSecond: 5)));
            // By gateway, and none is refused for how much another brings; what one number may do is counted where it is known.
            limits.AddPolicy(Gateway, http => RateLimitPartition.GetConcurrencyLimiter(
                http.User.FindFirst(GatewayAuthentication.GatewayClaim)?.Value ?? "", _ => AtOnce(64, waiting: 5000)));
            // Beside her own press, not before it: however much a partner brings at once, it waits in a queue of its own and is asked to repeat beyond that.
            limits.AddPolicy(PartnerRaise, http => RateLimitPartition.GetConcurrencyLimiter(PartnerAuthentication.PartnerOf(http.User), _ => AtOnce(32, waiting: 1000)));
            limits.AddPolicy(PartnerStatus, http => RateLimitPartition.GetTokenBucketLimiter(PartnerAuthentication.PartnerOf(http.User), _ => Steady(600, perSecond: 50)));
            limits.OnRejected = static (rejected, _) =>
            {
                var http = rejected.HttpContext;
                if (RaiseReading.IsFormPress(http.Request)) return new ValueTask(http.RequestServices.GetRequiredService<NotReceived>().Show(http));
                var policy = http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.RateLimiting.EnableRateLimitingAttribute>()?.PolicyName;
                return new ValueTask(Problem.Of(policy is Raise or SignIn or Gateway or PartnerRaise ? Code.Busy : Code.TooManyRequests).ExecuteAsync(http));
            };
        });
    }

    private static ConcurrencyLimiterOptions AtOnce(int permits, int waiting) =>
        new() { PermitLimit = permits, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };

    private static TokenBucketRateLimiterOptions Steady(int burst, int perSecond) => new()
    {
        TokenLimit = burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true,
    };
}
