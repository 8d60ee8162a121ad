using Dispatch.Grains.Hosting;
using Dispatch.Postgres;
using Npgsql;

namespace Dispatch.Rows.Tests.Postgres;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("", "Cluster:Postgres is not set.")]
    [InlineData("Host=db;Database=d", "Cluster:Postgres names no Username.")]
    [InlineData("Host=db;Username=u", "Cluster:Postgres names no Database.")]
    [InlineData("Database=d;Username=u", "Cluster:Postgres names no Host.")]
    public void A_setting_that_is_missing_is_named(string connection, string message) =>
        Assert.Equal(message, Assert.Throws<StartRefusedException>(() => ServerFixture.Settings(connection)).Message);

    [Theory]
    [InlineData("Host=db;Database=d;Username=u;Password=hush;hush2=x")]
    [InlineData("Host=db;Password=hush;Port=hush")]
    [InlineData("postgresql://u:hush@db/d")]
    public void A_string_that_cannot_be_read_is_not_repeated(string connection)
    {
        var refused = Assert.Throws<StartRefusedException>(() => ServerFixture.Settings(connection));
        Assert.Contains(PostgresSettings.ConnectionSetting, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_may_come_from_a_file_and_is_never_printed()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "hush;\"quoted\"\n");
        var settings = ServerFixture.Settings("Host=db;Database=d;Username=u", file);
        File.Delete(file);
        Assert.Equal("hush;\"quoted\"", new NpgsqlConnectionStringBuilder(settings.ConnectionString).Password);
        Assert.DoesNotContain("hush", settings.ToString(), StringComparison.Ordinal);
        var refused = Assert.Throws<StartRefusedException>(() => ServerFixture.Settings("Host=db;Database=d;Username=u", file));
        Assert.Contains(PostgresSettings.PasswordFileSetting, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wait_is_bounded_unless_the_operator_says_otherwise()
    {
        var bounded = new NpgsqlConnectionStringBuilder(ServerFixture.Settings("Host=db;Database=d;Username=u").ConnectionString);
        Assert.Equal((3, 4, 12), (bounded.Timeout, bounded.CommandTimeout, bounded.MaxPoolSize));
        Assert.Contains("statement_timeout", bounded.Options, StringComparison.Ordinal);
        var chosen = new NpgsqlConnectionStringBuilder(ServerFixture.Settings("Host=db;Database=d;Username=u;Timeout=9;CommandTimeout=8;Maximum Pool Size=7;Options=-c geqo=off").ConnectionString);
        Assert.Equal((9, 8, 7, "-c geqo=off"), (chosen.Timeout, chosen.CommandTimeout, chosen.MaxPoolSize, chosen.Options));
    }
}
