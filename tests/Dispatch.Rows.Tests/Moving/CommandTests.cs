using Dispatch.Moving;
using Dispatch.Postgres;
using Dispatch.Rows.Tests.Postgres;

namespace Dispatch.Rows.Tests.Moving;

[Collection(Servers.Name)]
public sealed class CommandTests(ServerFixture servers) : IDisposable
{
    private readonly StoreFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_executable_moves_from_a_folder_over_PostgreSQL_into_a_folder()
    {
        var before = await _home.Fill("first");
        var database = $"--{PostgresSettings.ConnectionSetting}={await servers.Server.CreateDatabase()}";
        Assert.Equal(0, await MoveCommand.Run(["export", "--from", _home["first"], "--to", _home["a.gz"]]));
        Assert.Equal(0, await MoveCommand.Run(["import", "--from", _home["a.gz"], "--to", "postgres", database]));
        Assert.Equal(0, await MoveCommand.Run(["import", "--from", _home["a.gz"], "--to", "postgres", database]));
        Assert.Equal(0, await MoveCommand.Run(["export", "--from", "postgres", "--to", _home["b"], database]));
        Assert.Equal(0, await MoveCommand.Run(["import", $"--from={_home["b"]}", $"--to={_home["second"]}"]));
        Assert.Equal(before.Count, (await _home.Read("second")).Count);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_by_the_exit_code()
    {
        Assert.True(MoveCommand.IsMeant(["import"]));
        Assert.False(MoveCommand.IsMeant([]));
        Assert.False(MoveCommand.IsMeant(["--urls", "http://localhost"]));
        Assert.Equal(2, await MoveCommand.Run(["export", "--from", _home["first"]]));
        Assert.Equal(1, await MoveCommand.Run(["export", "--from", _home["first"], "--to", _home["a"]]));
        Assert.Equal(1, await MoveCommand.Run(["export", "--from", "postgres", "--to", _home["a"]]));
        Assert.Equal(1, await MoveCommand.Run(["export", "--from", "postgres", "--to", _home["a"], $"--{PostgresSettings.ConnectionSetting}=Host=127.0.0.1;Port=1;Database=d;Username=u"]));
        var nowhere = $"--{PostgresSettings.ConnectionSetting}={servers.Server.ConnectionString("nowhere")}";
        Assert.Equal(1, await MoveCommand.Run(["export", "--from", "postgres", "--to", _home["a"], nowhere]));
        Assert.Equal(1, await MoveCommand.Run(["import", "--from", _home["nothing"], "--to", _home["second"]]));
        Assert.Empty(_home.Names());
    }
}
