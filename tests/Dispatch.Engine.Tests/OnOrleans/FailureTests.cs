using Dispatch.Cluster;
using Dispatch.Cluster.Formats;
using Dispatch.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Dispatch.Engine.Tests;

public sealed class FailureTests
{
    [Theory]
    [InlineData("57P03", "the database system is starting up", true)]
    [InlineData("40001", "could not serialize access", true)]
    [InlineData("42P01", "relation \"orleans_state\" does not exist", false)]
    public void What_a_failure_means_is_the_same_on_the_host_that_had_it_and_on_the_one_that_hears_of_it(string state, string words, bool outage)
    {
        var here = new OrleansException("Error from storage provider", new PostgresException(words, "FATAL", "FATAL", state));
        using var services = new ServiceCollection().AddOneFormat().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer<Exception>>();
        var there = serializer.Deserialize(serializer.SerializeToArray(here));
        Assert.IsType<PostgresException>(there.InnerException);
        Assert.Equal((outage, outage), (PostgresFailures.IsOutage(here), PostgresFailures.IsOutage(there)));
    }

    [Fact]
    public void What_the_runtime_says_while_hosts_come_and_go_is_to_be_repeated_and_a_defect_below_it_is_none() =>
        Assert.Equal(
            (true, true, false, false),
            (ClusterFailures.IsOutage(new OrleansException("Current directory is not stable to perform the lookup. Retry later.")),
             ClusterFailures.IsOutage(new InvalidOperationException("a call failed", new OrleansException("Trying to register on invalid silo"))),
             ClusterFailures.IsOutage(new OrleansException("Error from storage provider", new FormatException())),
             ClusterFailures.IsOutage(new FormatException())));
}
