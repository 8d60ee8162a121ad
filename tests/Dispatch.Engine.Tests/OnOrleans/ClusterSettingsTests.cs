using System.Net;
using Dispatch.Cluster;
using Dispatch.Cluster.AzureTables;
using Dispatch.Grains.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Dispatch.Engine.Tests;

public sealed class ClusterSettingsTests
{
    [Theory]
    [InlineData("Cluster:Storage is not set.")]
    [InlineData("Cluster:Storage must be Local, Postgres or AzureTables.", "Storage=Redis")]
    [InlineData("Cluster:Id is not set.", "Storage=Postgres")]
    [InlineData("Cluster:Address is not set.", "Storage=Postgres", "Id=one")]
    [InlineData("Cluster:Address must be one address of this host at which the other hosts reach it, or a network in which it has exactly one.", "Storage=Postgres", "Id=one", "Address=0.0.0.0")]
    [InlineData("Cluster:Address must be one address of this host at which the other hosts reach it, or a network in which it has exactly one.", "Storage=Postgres", "Id=one", "Address=203.0.113.0/24")]
    [InlineData("Cluster:SiloPort must be a port number.", "Storage=Local", "SiloPort=0")]
    [InlineData("Cluster:GatewayPort must be a port number.", "Storage=Local", "GatewayPort=70000")]
    public void What_is_missing_or_wrong_is_refused_by_name(string refusal, params string[] settings) =>
        Assert.Equal(refusal, Assert.Throws<StartRefusedException>(() => Read(Environments.Production, settings)).Message);

    [Fact]
    public void A_member_of_a_cluster_says_who_and_where_it_is() =>
        Assert.Equal(
            new ClusterSettings(ClusterStorage.Postgres, "one", IPAddress.Parse("10.0.0.1"), 11111, 0),
            Read(Environments.Production, "Storage=Postgres", "Id=one", "Address=10.0.0.1"));

    [Fact]
    public void A_host_finds_its_own_address_in_a_network() =>
        Assert.Equal(IPAddress.Loopback, Read(Environments.Production, "Storage=Postgres", "Id=one", "Address=127.0.0.0/8").Address);

    [Fact]
    public void Azure_is_a_store_where_it_was_built_in_and_refused_by_name_where_it_was_not()
    {
        string[] settings = ["Storage=AzureTables", "Id=one", "Address=10.0.0.1"];
        if (AzureStore.IsBuiltIn) Assert.Equal(ClusterStorage.AzureTables, Read(Environments.Production, settings).Storage);
        else Assert.Equal("Cluster:Storage is AzureTables, and this build has no Azure part.", Assert.Throws<StartRefusedException>(() => Read(Environments.Production, settings)).Message);
    }

    [Fact]
    public void In_development_nothing_needs_to_be_set() =>
        Assert.Equal(new ClusterSettings(ClusterStorage.Local, "dispatch", IPAddress.Loopback, 11111, 0), Read(Environments.Development));

    private static ClusterSettings Read(string environment, params string[] settings) => ClusterSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=')).Select(s => KeyValuePair.Create("Cluster:" + s[0], (string?)s[1]))).Build(),
        new Named(environment));

    private sealed class Named(string environment) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
