using Dispatch.Domain.Accounts;
using Dispatch.Domain.Partners;
using Dispatch.Web.Gateways;
using Dispatch.Web.Partners;
using Dispatch.Web.Shelters.Tablets;
using Dispatch.Web.Survivors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Dispatch.Web.Staff;

/// <summary>Who may use what. Every endpoint names one of these or says that anybody may; what names nothing is denied.</summary>
internal static class Policies
{
    public const string Survivor = "survivor";
    public const string SurvivorOrHotline = "survivorOrHotline";
    public const string Staff = "staff";
    public const string Responder = "responder";
    public const string Hotline = "hotline";
    public const string Supervisor = "supervisor";
    public const string ShelterStaff = "shelterStaff";
    public const string HouseGuardian = "houseGuardian";
    public const string HouseStaff = "houseStaff";
    public const string Tablet = "tablet";
    public const string UnlockedTablet = "unlockedTablet";
    public const string LivePage = "livePage";
    public const string HoldKeeper = "holdKeeper";
    public const string BedCounts = "bedCounts";
    public const string BedExchange = "bedExchange";
    public const string AreaReader = "areaReader";
    public const string AreaSwitch = "areaSwitch";
    public const string DrillWindow = "drillWindow";
    public const string Coordinator = "coordinator";
    public const string Administrator = "administrator";
    public const string Gateway = "gateway";
    public const string Relay = "relay";
    public const string PartnerRaise = "partnerRaise";
    public const string PartnerStatus = "partnerStatus";

    private static readonly string[] HotlineRoles = [nameof(Role.CallTaker), nameof(Role.Supervisor)];

    public static bool IsHotline(Role role) => HotlineRoles.Contains(role.ToString());

    public static void AddPolicies(this IServiceCollection services)
    {
        // Without the data protection that AddAuthentication brings: it would keep a second set of keys on disk that nothing here uses.
        services.AddAuthenticationCore(authentication => authentication.DefaultScheme = StaffAuthentication.Scheme_);
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, StaffAuthentication>(StaffAuthentication.Scheme_, null)
            .AddScheme<AuthenticationSchemeOptions, TabletAuthentication>(TabletAuthentication.Scheme_, null)
            .AddScheme<AuthenticationSchemeOptions, GatewayAuthentication>(GatewayAuthentication.Scheme_, null)
            .AddScheme<AuthenticationSchemeOptions, PartnerAuthentication>(PartnerAuthentication.Scheme_, null)
            .AddScheme<AuthenticationSchemeOptions, SurvivorAuthentication>(SurvivorAuthentication.Scheme_, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Survivor, p => p.AddAuthenticationSchemes(SurvivorAuthentication.Scheme_).RequireClaim(SurvivorAuthentication.AlertClaim))
            .AddPolicy(Gateway, p => p.AddAuthenticationSchemes(GatewayAuthentication.Scheme_).RequireClaim(GatewayAuthentication.GatewayClaim))
            .AddPolicy(SurvivorOrHotline, p => p
                .AddAuthenticationSchemes(SurvivorAuthentication.Scheme_, StaffAuthentication.Scheme_)
                .RequireAssertion(c => c.User.HasClaim(claim => claim.Type == SurvivorAuthentication.AlertClaim) || HotlineRoles.Any(c.User.IsInRole)))
            .AddPolicy(PartnerRaise, p => p.AddAuthenticationSchemes(PartnerAuthentication.Scheme_).RequireClaim(PartnerAuthentication.ScopeClaim, nameof(PartnerScope.Raise)))
            .AddPolicy(PartnerStatus, p => p.AddAuthenticationSchemes(PartnerAuthentication.Scheme_).RequireClaim(PartnerAuthentication.ScopeClaim, nameof(PartnerScope.Status)))
            .AddPolicy(Relay, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.Relay)))
            .AddPolicy(Staff, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireAuthenticatedUser())
            .AddPolicy(Responder, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.Responder), nameof(Role.ShelterStaff)))
            .AddPolicy(Hotline, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(HotlineRoles))
            .AddPolicy(Supervisor, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.Supervisor)))
            .AddPolicy(ShelterStaff, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.ShelterStaff)))
            .AddPolicy(HouseGuardian, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.HouseGuardian)))
            // Also by the house's shared tablet, once somebody of the house has unlocked it.
            .AddPolicy(HouseStaff, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_, TabletAuthentication.Scheme_).RequireRole(nameof(Role.ShelterStaff)))
            .AddPolicy(Tablet, p => p.AddAuthenticationSchemes(TabletAuthentication.Scheme_).RequireClaim(TabletAuthentication.TabletClaim))
            .AddPolicy(UnlockedTablet, p => p.AddAuthenticationSchemes(TabletAuthentication.Scheme_).RequireClaim(TabletAuthentication.TabletClaim).RequireRole(nameof(Role.ShelterStaff)))
            .AddPolicy(LivePage, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_, TabletAuthentication.Scheme_).RequireAuthenticatedUser())
            .AddPolicy(HoldKeeper, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_, TabletAuthentication.Scheme_).RequireRole([nameof(Role.ShelterStaff), .. HotlineRoles]))
            .AddPolicy(BedCounts, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole([nameof(Role.Coordinator), .. HotlineRoles]))
            .AddPolicy(BedExchange, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.Coordinator)))
            .AddPolicy(AreaReader, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.Supervisor), nameof(Role.Coordinator), nameof(Role.Administrator)))
            .AddPolicy(AreaSwitch, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.Coordinator), nameof(Role.Administrator)))
            .AddPolicy(DrillWindow, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.Supervisor), nameof(Role.Coordinator)))
            .AddPolicy(Coordinator, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.Coordinator)))
            .AddPolicy(Administrator, p => p.AddAuthenticationSchemes(StaffAuthentication.Scheme_).RequireRole(nameof(Role.Administrator)))
            // Paths that lead nowhere, and the framework's own 405 and 415, are no endpoints of ours and answer for themselves.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(c => c.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint).Build());
    }
}
