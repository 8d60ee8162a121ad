using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain;
using Dispatch.Grains.Rows;
using Dispatch.Web.Contacts;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Hotline;

/// <summary>What somebody who called for advice wanted, in general words.</summary>
public enum AdviceReason { Services = 1, Rights = 2, Health = 3, Children = 4, ForSomebodyElse = 5, Listening = 6, WrongNumber = 7, Other = 8 }

/// <summary>A number, and nothing about who called. The keys are fingerprints of random ones: they only tell that the same count was sent twice.</summary>
internal sealed record AdviceCount(int Count, ImmutableArray<string> Keys)
{
    public const int CurrentSchema = 1;

    /// <summary>A count that is sent again comes within seconds or minutes, not after so many others.</summary>
    public const int MaxKeys = 100;
    public int SchemaVersion { get; init; } = CurrentSchema;

    public AdviceCount And(string key) => this with { Count = Count + 1, Keys = [.. Keys.TakeLast(MaxKeys - 1), key] };
}

/// <summary>
/// What calls for advice were about, by line, day and reason. That a call was served so is one of the line's figures, whether its item was closed as advice or it was counted without one;
/// the reason stands here alone, beside no item and no hour.
/// </summary>
internal sealed class AdviceRows(IRows rows, FigureRows figures, Tenant tenant, TimeProvider clock)
{
    private const int MaxTries = 8;
    private static readonly AdviceReason[] Reasons = Enum.GetValues<AdviceReason>();

    /// <summary>Local: a day is the line's day.</summary>
    public DateOnly Today => DateOnly.FromDateTime(LocalNow.DateTime);

    private DateTimeOffset LocalNow => clock.GetUtcNow().ToOffset(tenant.LocalOffset);

    /// <param name="line">Which answered.</param>
    /// <param name="reason">What it was about.</param>
    /// <param name="key">The same again counts once.</param>
    /// <param name="figure">
    /// The same again is the same figure: another fingerprint, so that nothing leads from the hour in one row to the reason in the other. Null: an item of the queue was closed with it, and is the figure.
    /// </param>
    /// <returns>Null when it is counted, once.</returns>
    /// <exception cref="TimeoutException">Too many counted at the same moment: to be said again with the same key.</exception>
    public async Task<Refusal?> Count(string line, AdviceReason reason, string key, string? figure)
    {
        var partition = Partition(line, Today);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var all = await rows.List<AdviceCount>(Tables.Advice, partition, null, Reasons.Length);
            if (all.FirstOrDefault(row => row.Value.Keys.Contains(key)) is { } counted) return counted.Key == EnumWords.Of(reason) ? null : Refusal.KeyReused;
            if (figure is not null) await figures.AddAdvice(line, figure, HourOf(LocalNow));
            var mine = all.FirstOrDefault(row => row.Key == EnumWords.Of(reason));
            var written = await rows.Write([new RowChange(Tables.Advice, partition, EnumWords.Of(reason), (mine?.Value ?? new AdviceCount(0, [])).And(key), IfMatch: mine?.ETag ?? RowChange.MustNotExist)]);
            if (written[0]) return null;
        }

        throw new TimeoutException("A count could not be written among so many others.");
    }

    /// <summary>How many were served on that day, those too of which nobody said the reason.</summary>
    public Task<int> Total(string line, DateOnly day)
    {
        var begins = new DateTimeOffset(day, TimeOnly.MinValue, tenant.LocalOffset);
        return figures.Advice(line, begins, begins.AddDays(1));
    }

    public async Task<IReadOnlyList<(AdviceReason Reason, int Count)>> Of(string line, DateOnly day) =>
        [.. (await rows.List<AdviceCount>(Tables.Advice, Partition(line, day), null, Reasons.Length)).Select(row => (EnumWords.Read<AdviceReason>(row.Key)!.Value, row.Value.Count))];

    private static DateTimeOffset HourOf(DateTimeOffset local) => local.AddTicks(-(local.Ticks % TimeSpan.TicksPerHour)).ToUniversalTime();

    private static string Partition(string line, DateOnly day) => $"{line}/{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
}
