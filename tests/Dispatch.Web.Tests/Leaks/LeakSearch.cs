using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace Dispatch.Web.Tests.Leaks;

/// <summary>Looks for secrets in everything that it is given.</summary>
internal sealed class LeakSearch
{
    private const int Around = 40;

    /// <summary>As many as somebody reads.</summary>
    private const int MostFound = 50;

    private readonly List<string> _found = [];
    private readonly (string Name, string Bytes)[] _forms;
    private readonly SearchValues<string> _any;

    public LeakSearch(IReadOnlyList<Form> forms)
    {
        // One character for each byte.
        _forms = [.. forms.Select(form => (form.Name, Encoding.Latin1.GetString(form.Bytes)))];
        _any = SearchValues.Create([.. _forms.Select(form => form.Bytes)], StringComparison.Ordinal);
    }

    /// <summary>What was found where; empty when nothing was.</summary>
    public IReadOnlyList<string> Found => _found;

    /// <summary>How much was looked through: a search of nothing finds nothing.</summary>
    public long Searched { get; private set; }

    public void Look(string where, string text) => Look(where, Encoding.UTF8.GetBytes(text));

    public void Look(string where, byte[] bytes)
    {
        Searched += bytes.Length;
        var text = Encoding.Latin1.GetString(bytes);
        for (var from = 0; _found.Count < MostFound && text.AsSpan(from).IndexOfAny(_any) is >= 0 and var found; from += found + 1)
        {
            var at = from + found;
            var (name, form) = _forms.First(f => string.CompareOrdinal(text, at, f.Bytes, 0, f.Bytes.Length) == 0);
            _found.Add($"{name} in {where}: …{Words(text, at, form.Length)}…");
        }
    }

    /// <summary>Every file below the folder, from a copy: also those that somebody is writing, and those that the host keeps locked.</summary>
    public async Task LookInFolder(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("dispatch-search-").FullName;
        try
        {
            using var copying = Process.Start("cp", ["-r", folder, copy]);
            await copying.WaitForExitAsync();
            Assert.Equal(0, copying.ExitCode);
            foreach (var path in Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories)) Look(Path.GetFileName(path), await File.ReadAllBytesAsync(path));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static string Words(string text, int at, int length)
    {
        var from = Math.Max(0, at - Around);
        return string.Concat(text[from..Math.Min(text.Length, at + length + Around)].Select(c => char.IsControl(c) ? '·' : c));
    }
}
