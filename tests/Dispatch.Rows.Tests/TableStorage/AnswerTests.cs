using Dispatch.Grains.Hosting;
using Dispatch.TableStorage;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Rows.Tests.TableStorage;

public sealed class AnswerTests
{
    [Theory]
    [InlineData(404, "ResourceNotFound", TableAnswer.Refused)]
    [InlineData(409, "EntityAlreadyExists", TableAnswer.Refused)]
    [InlineData(412, "UpdateConditionNotSatisfied", TableAnswer.Refused)]
    [InlineData(404, "TableNotFound", TableAnswer.Defect)]
    [InlineData(409, "TableBeingDeleted", TableAnswer.Outage)]
    [InlineData(503, "ServerBusy", TableAnswer.Outage)]
    [InlineData(500, "OperationTimedOut", TableAnswer.Outage)]
    [InlineData(429, null, TableAnswer.Outage)]
    [InlineData(0, null, TableAnswer.Outage)]
    [InlineData(403, "AuthorizationPermissionMismatch", TableAnswer.Outage)]
    [InlineData(400, "InvalidInput", TableAnswer.Defect)]
    [InlineData(413, "RequestBodyTooLarge", TableAnswer.Defect)]
    public void An_answer_is_a_refusal_only_by_its_own_code(int status, string? code, TableAnswer means) => Assert.Equal(means, TableAnswers.Of(status, code));

    [Theory]
    [InlineData("Production", "Cluster:AzureTables:ServiceUri is not set.")]
    [InlineData("Production", "Cluster:AzureTables:ServiceUri must be an https address", "Cluster:AzureTables:ServiceUri", "http://account.table.core.windows.net")]
    [InlineData("Production", "Cluster:AzureTables:ServiceUri must be an https address", "Cluster:AzureTables:ServiceUri", "https://account.table.core.windows.net/?sig=x")]
    [InlineData("Production", "Cluster:AzureTables:ConnectionString is for the emulator", "Cluster:AzureTables:ConnectionString", "UseDevelopmentStorage=true")]
    public void What_is_missing_or_unsafe_is_refused_by_its_name(string environment, string message, params string[] given) =>
        Assert.StartsWith(message, Assert.Throws<StartRefusedException>(() => Read(environment, given)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_account_is_named_by_its_address_and_the_emulator_in_development_alone()
    {
        Assert.Equal("account.table.core.windows.net", Read("Production", "Cluster:AzureTables:ServiceUri", "https://account.table.core.windows.net").ServiceUri!.Host);
        Assert.Equal("UseDevelopmentStorage=true", Read("Development", "Cluster:AzureTables:ConnectionString", "UseDevelopmentStorage=true").ConnectionString);
    }

    private static AzureTablesSettings Read(string environment, params string[] given) => AzureTablesSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(given.Chunk(2).Select(pair => KeyValuePair.Create<string, string?>(pair[0], pair[1]))).Build(),
        development: environment == "Development");
}
