namespace Dispatch.Benchmarks.Floors;

/// <summary>A file that is appended to: what comes in while one fsync runs shares the next.</summary>
internal sealed class GroupSync : IDisposable
{
    private readonly FileStream _file;
    private readonly object _gate = new();
    private List<byte[]> _next = [];
    private TaskCompletionSource _synced = New();

    public GroupSync(string path)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024);
        new Thread(Loop) { IsBackground = true, Name = "group-sync" }.Start();
    }

    /// <summary>Completes when the bytes are on the disk.</summary>
    public Task Append(byte[] bytes)
    {
        lock (_gate)
        {
            _next.Add(bytes);
            if (_next.Count == 1) Monitor.Pulse(_gate);
            return _synced.Task;
        }
    }

    public void Dispose() => _file.Dispose();

    private void Loop()
    {
        while (true)
        {
            List<byte[]> batch;
            TaskCompletionSource synced;
            lock (_gate)
            {
                while (_next.Count == 0) Monitor.Wait(_gate);
                (batch, _next, synced, _synced) = (_next, [], _synced, New());
            }

            foreach (var bytes in batch) _file.Write(bytes);
            _file.Flush(flushToDisk: true);
            synced.SetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
