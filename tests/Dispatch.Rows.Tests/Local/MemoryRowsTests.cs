using Dispatch.Grains.Rows;
using Dispatch.LocalEngine;

namespace Dispatch.Rows.Tests.Local;

public sealed class MemoryRowsTests : RowsContract
{
    protected override Task<IRows> Open() => Task.FromResult<IRows>(new LocalRows(Keep(new MemoryStore(new ThreadPoolTurns()))));
}
