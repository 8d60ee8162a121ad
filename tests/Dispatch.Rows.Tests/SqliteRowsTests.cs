using Dispatch.Grains.Rows;
using Dispatch.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Rows.Tests;

public sealed class SqliteRowsTests : RowsContract
{
    protected override Task<IRows> Open() => Task.FromResult<IRows>(new LocalRows(Keep(new Folder()).Store));

    private sealed class Folder : IAsyncDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("dispatch-rows-").FullName;

        public Folder() => Store = new SqliteStore(Path.Combine(_path, "dispatch.db"), new(), NullLogger<SqliteStore>.Instance);

        public SqliteStore Store { get; }

        public async ValueTask DisposeAsync()
        {
            await Store.DisposeAsync();
            Directory.Delete(_path, recursive: true);
        }
    }
}
