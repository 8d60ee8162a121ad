using System.Collections.Concurrent;

namespace Dispatch.Engine.Tests;

/// <summary>What the grains wrote down, by grain, and the gates that hold them up. One for all hosts of a test.</summary>
public sealed class Journal
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly Dictionary<string, List<string>> _lines = [];

    public TaskCompletionSource Gate(string name) => _gates.GetOrAdd(name, _ => new());

    public void Write(string grain, string line)
    {
        lock (_lines)
        {
            if (!_lines.TryGetValue(grain, out var lines)) _lines.Add(grain, lines = []);
            lines.Add(line);
        }
    }

    public string[] Of(string grain)
    {
        lock (_lines) return _lines.TryGetValue(grain, out var lines) ? [.. lines] : [];
    }
}
