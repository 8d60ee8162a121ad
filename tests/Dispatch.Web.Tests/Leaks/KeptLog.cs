using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Dispatch.Web.Tests.Leaks;

/// <summary>Everything that the host logs, at every level: the text, what it was made of, what it stands in, and the whole exception.</summary>
internal sealed class KeptLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private static string Parts(object? state) => state is IEnumerable<KeyValuePair<string, object?>> parts
        ? string.Join("; ", parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}={p.Value}")))
        : string.Create(CultureInfo.InvariantCulture, $"{state}");

    private sealed class Category(KeptLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<string>();
            log._scopes.ForEachScope((scope, all) => all.Add(Parts(scope)), scopes);
            log._lines.Enqueue($"{logLevel} {name} {formatter(state, exception)} | {Parts(state)} | {string.Join(" > ", scopes)} | {exception}");
        }
    }
}
