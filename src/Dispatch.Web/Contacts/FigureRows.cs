using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Grains.Rows;

namespace Dispatch.Web.Contacts;

/// <summary>What a line's figures are counted from: one row for each item of its queue, which the contact writes, and one for each advice that was no item.</summary>
internal sealed class FigureRows(IRows rows)
{
    private const int Page = 500;

    /// <summary>More calls than a month of the largest line has.</summary>
    private const int MaxPages = 400;

    /// <summary>Their keys begin with the time, the newest first.</summary>
    public async Task<IReadOnlyList<ContactFigure>> Between(string line, DateTimeOffset since, DateTimeOffset until)
    {
        var found = new List<ContactFigure>();
        string? after = NewestFirst.Key(until);
        for (var page = 0; page < MaxPages; page++)
        {
            var some = await rows.List<ContactFigure>(Tables.LineFigures, line, after, Page);
            found.AddRange(some.Select(r => r.Value).Where(f => f.At >= since && f.At < until));
            if (some.Count < Page || some[^1].Value.At < since) return found;
            after = some[^1].Key;
        }

        return found;
    }

    /// <summary>Each served call once, whichever way somebody said that it was advice.</summary>
    public async Task<int> Advice(string line, DateTimeOffset since, DateTimeOffset until) => (await Between(line, since, until)).Count(f => f.Outcome is EndedHow.Advice);

    /// <summary>Of nothing in the queue. The same key in the same hour counts once.</summary>
    public async Task AddAdvice(string line, string key, DateTimeOffset hour)
    {
        var figure = ContactFigure.Advised(key, hour);
        await rows.Write([new RowChange(Tables.LineFigures, line, figure.Key, figure, figure.At + ContactFigure.KeptFor)]);
    }
}
