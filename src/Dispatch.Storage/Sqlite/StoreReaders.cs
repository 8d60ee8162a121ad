namespace Dispatch.Storage;

/// <summary>A few connections that only read, each lent to one caller at a time. In WAL mode they see every commit that has returned, and none that has not.</summary>
internal sealed class StoreReaders(string path) : IDisposable
{
    private const int Most = 8;
    private readonly object _gate = new();
    private readonly Stack<RowReader> _free = new();
    private int _made;
    private bool _closed;

    public T Use<T>(Func<RowReader, T> read)
    {
        var reader = Borrow();
        try
        {
            return read(reader);
        }
        finally
        {
            Return(reader);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            while (_free.TryPop(out var reader))
            {
                reader.Dispose();
            }

            Monitor.PulseAll(_gate);
        }
    }

    // Reads take microseconds, so waiting for a connection blocks rather than hops threads.
    private RowReader Borrow()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_closed)
                {
                    throw new StoreUnavailableException("The store is closed");
                }

                if (_free.TryPop(out var reader))
                {
                    return reader;
                }

                if (_made < Most)
                {
                    var made = new RowReader(path);
                    _made++;
                    return made;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    private void Return(RowReader reader)
    {
        lock (_gate)
        {
            if (_closed)
            {
                reader.Dispose();
                return;
            }

            _free.Push(reader);
            Monitor.Pulse(_gate);
        }
    }
}
