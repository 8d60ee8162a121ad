namespace Dispatch.Benchmarks.Host;

/// <summary>One way to run the host.</summary>
/// <param name="Program">Which build of it.</param>
/// <param name="OnPostgres">Its data is in PostgreSQL; in one file otherwise.</param>
/// <param name="Hosts">How many of them serve together.</param>
internal sealed record Setup(string Program, bool OnPostgres, int Hosts)
{
    /// <summary>The targets are those of one machine; a cluster is set beside it.</summary>
    public bool HasTargets => IsLocal;

    /// <summary>PostgreSQL's own word on that is asked for before it is used (<see cref="MeasuredTown"/>).</summary>
    public string Name => $"{(IsLocal ? "Local" : "Orleans")}, {(OnPostgres ? $"PostgreSQL (fsync on), {Hosts} host{(Hosts > 1 ? "s" : "")}" : "one file (synchronous=FULL), 1 host")}";

    private bool IsLocal => IsLocalBuild(Program);

    public static bool IsLocalBuild(string program) => File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(program))!, "Dispatch.LocalEngine.dll"));
}
