using System.Net;
using Dispatch.Cluster;
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
    [InlineData("Cluster:Storage is AzureTables, and this build has no Azure part.", "Storage=AzureTables", "Id=one", "Address=10.0.0.1")]
    [InlineData("Cluster:Id is not set.", "Storage=Postgres")]
    [InlineData("Cluster:Address is not set.", "Storage=Postgres", "Id=one")]
    [InlineData("Cluster:Address must be one address of this host at which the other hosts reach it.", "Storage=Postgres", "Id=one", "Address=0.0.0.0")]
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
