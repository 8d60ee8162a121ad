using System.Globalization;
using Dispatch.Web.Problems;
using Dispatch.Web.Survivors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dispatch.Web.OpenApi;

/// <summary>Adds to an operation what only its endpoint's metadata knows: codes, the idempotency key, who may use it, other bodies.</summary>
internal sealed class OperationDetails : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        AddCodes(operation, metadata.OfType<RefusalMetadata>());
        if (metadata.OfType<NeedsKey>().LastOrDefault() is { } key) AddKey(operation, key.Required);
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
            operation.Summary = "For: " + string.Join(", ", metadata.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>().Distinct());
        }

        var others = metadata.OfType<AlsoAnswers>().ToArray();
        if (others.Length > 0) await OneOf(operation, context, others, cancellationToken);
    }

    private static void AddCodes(OpenApiOperation operation, IEnumerable<RefusalMetadata> refusals)
    {
        foreach (var status in refusals.GroupBy(r => r.StatusCode))
        {
            if (operation.Responses?.TryGetValue(status.Key.ToString(CultureInfo.InvariantCulture), out var response) is not true) continue;
            response.Description = "code: " + string.Join(" | ", status.SelectMany(r => r.Codes).Distinct());
        }
    }

    private static void AddKey(OpenApiOperation operation, bool required) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Required = required,
        Description = required ? "A random UUID. A form carries it in the field key." : "A random UUID; the same one with the same body adds nothing twice.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
    });

    private static async Task OneOf(OpenApiOperation operation, OpenApiOperationTransformerContext context, AlsoAnswers[] others, CancellationToken cancelled)
    {
        var content = operation.Responses!["200"].Content!["application/json"];
        var bodies = new List<IOpenApiSchema> { content.Schema! };
        foreach (var other in others)
        {
            var name = other.Body.Name;
            context.Document!.AddComponent(name, await context.GetOrCreateSchemaAsync(other.Body, cancellationToken: cancelled));
            bodies.Add(new OpenApiSchemaReference(name, context.Document));
        }

        content.Schema = new OpenApiSchema { OneOf = bodies };
    }
}
