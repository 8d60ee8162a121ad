using Dispatch.Web.Survivors;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dispatch.Web.OpenApi;

/// <summary>The contract as a document, made from the endpoints themselves: statuses, bodies and the stable codes of every refusal.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";

    public static void AddApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(Name, document =>
    {
        document.AddDocumentTransformer((api, _, _) =>
        {
            Describe(api);
            return Task.CompletedTask;
        });
        document.AddOperationTransformer<OperationDetails>();
        document.AddSchemaTransformer((schema, context, _) =>
        {
            // The exporter cannot see through our own way of writing times, nor through a member whose absence and null mean different things.
            if (context.JsonTypeInfo.Type == typeof(DateTimeOffset)) schema.Type = JsonSchemaType.String;
            if (context.JsonTypeInfo.Type == typeof(DateTimeOffset?)) schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
            if (context.JsonTypeInfo.Type == typeof(AdditionBody)) DescribeConsent(schema);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    private static void Describe(OpenApiDocument api)
    {
        api.Info = new OpenApiInfo
        {
            Title = "Dispatch",
            Version = "1",
            Description = "Errors are problem+json; `code` is stable. Creates take an Idempotency-Key: same key and body, same answer. A 503 may be repeated with the same key. "
                + "Members that a server does not know are ignored.",
        };
        api.Servers = [];
        api.AddComponent<IOpenApiSecurityScheme>("bearer", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "Her phone: the survivorToken of its raise. Staff: the accessToken of a sign-in, or the cookie with the header X-Dispatch: 1 for whatever changes something. A partner: its key.",
        });
    }

    private static void DescribeConsent(OpenApiSchema schema)
    {
        var words = new OpenApiSchema { Type = JsonSchemaType.String };
        schema.Properties!["policeConsent"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object | JsonSchemaType.Null,
            Description = "Absent: nothing changes. An object: she agrees. Null: she no longer agrees.",
            Properties = new Dictionary<string, IOpenApiSchema> { ["wordingVersion"] = words, ["language"] = words },
        };
        schema.Required?.Remove("policeConsent");
    }
}
