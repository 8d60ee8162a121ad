using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain;
using Dispatch.Domain.Protocols;
using Dispatch.Web.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace Dispatch.Web.Problems;

/// <summary>Every refusal and failure on the wire (RFC 9457). <paramref name="Code"/> is what programs read.</summary>
public sealed record ProblemBody(string Type, string Title, int Status, string Code, string? Detail = null)
{
    /// <summary>Who has it, where the refusal is that another has.</summary>
    public PersonBody? TakenBy { get; init; }

    /// <summary>What is missing, by stable codes, where the refusal is that something is.</summary>
    public ImmutableArray<string>? Missing { get; init; }

    /// <summary>What is wrong with a protocol or a roster, each with its place in the document.</summary>
    public ImmutableArray<RuleFault>? Faults { get; init; }

    /// <summary>The version that is kept now, where the refusal is that somebody was faster.</summary>
    public long? Version { get; init; }
}

/// <summary>A colleague, as staff see her.</summary>
public sealed record PersonBody(string Id, string DisplayName);

internal sealed class Problem(ProblemBody body, TimeSpan? retryAfter) : IResult
{
    private const string MediaType = "application/problem+json";

    /// <summary>How long callers should wait when we do not know better.</summary>
    public static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(2);

    public static Problem Of(Refusal refusal, string? detail = null) => Of(Problems.Code.Of(refusal), detail);

    public static Problem Of(string code, string? detail = null, TimeSpan? retryAfter = null, PersonBody? takenBy = null)
    {
        var status = Problems.Code.StatusOf(code);
        return new Problem(
            new ProblemBody("about:blank", ReasonPhrases.GetReasonPhrase(status), status, code, detail) { TakenBy = takenBy },
            retryAfter ?? (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests ? RetrySoon : null));
    }

    public static Problem AreaNotReady(ImmutableArray<string> missing) => new(Of(Problems.Code.AreaNotReady).Body with { Missing = missing }, null);

    public static Problem ProtocolInvalid(ImmutableArray<RuleFault> faults) => new(Of(Problems.Code.ProtocolInvalid).Body with { Faults = faults }, null);

    public static Problem RosterInvalid(ImmutableArray<RuleFault> faults) => new(Of(Problems.Code.RosterInvalid).Body with { Faults = faults }, null);

    public static Problem RosterStale(long version) => new(Of(Problems.Code.RosterStale).Body with { Version = version }, null);

    private ProblemBody Body => body;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = body.Status;
        if (retryAfter is { } wait) response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return response.WriteAsJsonAsync(body, WireJson.Options, MediaType, httpContext.RequestAborted);
    }
}
