using Dispatch.Moving;
using Dispatch.Moving.AzureTables;
using Microsoft.Extensions.Configuration;

namespace Dispatch.Rows.Tests.Moving.WithoutAzure;

public sealed class NotBuiltInTests : IDisposable
{
    private readonly StoreFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_build_without_the_Azure_part_says_so()
    {
        await _home.Fill("first");
        Assert.Equal(0, await MoveCommand.Run(["export", "--from", _home["first"], "--to", _home["a"]]));
        Assert.Equal(3, await MoveCommand.Run(["export", "--from", "azure", "--to", _home["b"]]));
        Assert.Equal(3, await MoveCommand.Run(["import", "--from", _home["a"], "--to", "azure"]));
        Assert.Equal(["a", "first"], _home.Names());
        var lack = Assert.Throws<NotBuiltInException>(() => AzureAccount.Open(new ConfigurationBuilder().Build(), development: false));
        Assert.StartsWith("This build has no Azure part:", lack.Message, StringComparison.Ordinal);
    }
}
