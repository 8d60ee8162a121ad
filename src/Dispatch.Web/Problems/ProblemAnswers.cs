using Dispatch.Grains.Hosting;
using Dispatch.Web.Pages;
using Dispatch.Web.Survivors;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;

namespace Dispatch.Web.Problems;

internal static class ProblemAnswers
{
    public static void AddProblemAnswers(this IServiceCollection services)
    {
        services.AddExceptionHandler<FailureAnswers>();
        services.AddProblemDetails();
    }

    /// <summary>No answer leaves without a code, whoever in the pipeline made it.</summary>
    public static void UseProblemAnswers(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Problem.Of(Code.ForStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
    }

    /// <summary>Documents which codes an endpoint may refuse with.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params string[] codes)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(e =>
        {
            foreach (var group in codes.GroupBy(Code.StatusOf))
            {
                e.Metadata.Add(new RefusalMetadata(group.Key, [.. group]));
            }
        });
        return endpoint;
    }
}

internal sealed class RefusalMetadata(int status, string[] codes) : IProducesResponseTypeMetadata
{
    public IReadOnlyList<string> Codes => codes;
    public Type? Type => typeof(ProblemBody);
    public int StatusCode => status;
    public string? Description => string.Join(", ", codes);
    public IEnumerable<string> ContentTypes => ["application/problem+json"];
}

/// <summary>What may be repeated with the same key is told so; everything else is a defect and says nothing about itself.</summary>
internal sealed class FailureAnswers(IEngineReadiness engine, ILogger<FailureAnswers> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var answer = exception switch
        {
            BadHttpRequestException bad => Problem.Of(Code.ForStatus(bad.StatusCode)),
            Responders.ReceiptsFullException => Problem.Of(Code.Busy),
            TimeoutException => Problem.Of(Code.Unavailable),
            _ when engine.IsOutage(exception) => Problem.Of(Code.Unavailable),
            _ => null,
        };
        // While a store is away every request says so: one line each is enough, and a defect among them must be found.
        if (answer is null) log.LogError(exception, "A request failed");
        else if (exception is not BadHttpRequestException) log.LogWarning("A request could not be answered now: {Failure}", exception.GetType().Name);
        answer ??= Problem.Of(Code.InternalError);
        if (RaiseReading.IsFormPress(httpContext.Request) && exception is not BadHttpRequestException) await httpContext.RequestServices.GetRequiredService<NotReceived>().Show(httpContext);
        else await answer.ExecuteAsync(httpContext);
        return true;
    }
}
