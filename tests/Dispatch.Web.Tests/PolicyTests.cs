using System.Reflection;
using Dispatch.Web.Live;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests;

public sealed class PolicyTests(RunningHost host) : IClassFixture<RunningHost>
{
    /// <summary>What anybody may use, named one by one: a new one is a decision.</summary>
    private static readonly string[] ForAnybody =
    [
        "GET /", "GET /coordinate", "GET /health/live", "GET /health/ready", "GET /hotline", "GET /note/leave", "GET /openapi/{documentName}.json", "GET /relay", "GET /respond", "GET /shelter", "POST /api/v1/alerts", "POST /api/v1/sign-in",
    ];

    [Fact]
    public void Every_endpoint_names_who_may_use_it()
    {
        var endpoints = host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        Assert.True(endpoints.Length > 20);
        Assert.All(endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null), e =>
            Assert.True(e.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is not null), $"{Name(e)} names no policy"));
        Assert.Equal(ForAnybody, endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).SelectMany(Names).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_method_of_the_hub_is_for_somebody_named()
    {
        Assert.NotNull(typeof(LiveHub).GetCustomAttribute<AuthorizeAttribute>()?.Policy);
        var methods = typeof(LiveHub).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(m => m.GetBaseDefinition().DeclaringType != typeof(Hub)).ToArray();
        Assert.NotEmpty(methods);
        Assert.All(methods, m => Assert.True(m.GetCustomAttribute<AuthorizeAttribute>()?.Policy is not null, $"{m.Name} names no policy"));
    }

    [Fact]
    public async Task Without_signing_in_every_other_endpoint_answers_401_or_shows_the_neutral_page()
    {
        var closed = host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .SelectMany(Names).Distinct().ToArray();
        Assert.NotEmpty(closed);
        foreach (var name in closed)
        {
            var (method, pattern) = (name.Split(' ')[0], name.Split(' ')[1]);
            var path = System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]+\}", "0123456789abcdef");
            var answer = await host.Anybody().Send(new HttpMethod(method is "ANY" ? "GET" : method), path, Caller.Json("{}"));
            if (path.StartsWith("/note", StringComparison.Ordinal)) Assert.Equal("/", answer.Is(302).Headers["Location"]);
            else answer.Is(401, "not_signed_in");
        }
    }

    private static string Name(RouteEndpoint endpoint) => string.Join(", ", Names(endpoint));

    private static IEnumerable<string> Names(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(m => $"{m} /{endpoint.RoutePattern.RawText!.Trim('/')}");
}
