using Dispatch.Grains.Hosting;
using Dispatch.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Rows.Tests.Postgres;

[Collection(Servers.Name)]
public sealed class SchemaTests(ServerFixture servers)
{
    private const string Applied = "SELECT string_agg(version::text, ',' ORDER BY version) FROM dispatch_schema";

    [Fact]
    public async Task Hosts_that_start_together_take_every_step_once()
    {
        var settings = ServerFixture.Settings(await servers.Server.CreateDatabase());
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => PostgresSchema.Bring(settings, NullLogger.Instance))));
        var applied = await ServerFixture.Ask(settings, Applied);
        Assert.Equal(string.Join(',', Enumerable.Range(1, PostgresSchema.Version)), applied);
        await PostgresSchema.Bring(settings, NullLogger.Instance);
        Assert.Equal(applied, await ServerFixture.Ask(settings, Applied));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_nothing_behind_and_is_taken_again()
    {
        var settings = ServerFixture.Settings(await servers.Server.CreateDatabase());
        await ServerFixture.Ask(settings, "CREATE TABLE orleans_reminder (planted integer)");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => PostgresSchema.Bring(settings, NullLogger.Instance));
        Assert.Equal("1,2,3", await ServerFixture.Ask(settings, Applied));
        Assert.Equal(0L, await ServerFixture.Ask(settings, "SELECT count(*) FROM OrleansQuery WHERE QueryKey LIKE '%Reminder%'"));
        await ServerFixture.Ask(settings, "DROP TABLE orleans_reminder");
        await PostgresSchema.Bring(settings, NullLogger.Instance);
        Assert.NotEqual(0L, await ServerFixture.Ask(settings, "SELECT count(*) FROM OrleansQuery WHERE QueryKey LIKE '%Reminder%'"));
    }

    [Fact]
    public async Task A_schema_that_a_newer_program_made_is_refused()
    {
        var settings = await servers.Prepared();
        await ServerFixture.Ask(settings, "INSERT INTO dispatch_schema (version, name) VALUES (9999, 'of the future')");
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => PostgresSchema.Bring(settings, NullLogger.Instance));
        Assert.Contains("newer program (schema 9999", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_forgets_or_cannot_spell_is_refused()
    {
        var settings = await servers.Prepared();
        await ServerFixture.Ask(settings, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");
        Npgsql.NpgsqlConnection.ClearAllPools();
        var forgets = await Assert.ThrowsAsync<StartRefusedException>(() => PostgresSchema.Bring(settings, NullLogger.Instance));
        Assert.Contains("synchronous_commit = off", forgets.Message, StringComparison.Ordinal);

        await ServerFixture.Ask(ServerFixture.Settings(servers.Server.ConnectionString("postgres")), "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
        var spells = await Assert.ThrowsAsync<StartRefusedException>(() => PostgresSchema.Bring(ServerFixture.Settings(servers.Server.ConnectionString("latin")), NullLogger.Instance));
        Assert.Contains("LATIN1", spells.Message, StringComparison.Ordinal);
    }
}
