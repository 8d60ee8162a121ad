using System.Collections.Immutable;
using Dispatch.Channels.Devices;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Rows;
using Dispatch.Web.Gateways.Voice;

namespace Dispatch.Web.Gateways.Testing;

/// <summary>
/// Tests to a number. They cost money, wake people, and the number may be somebody else's by mistake: so many for each person and no more, whichever number she names. What
/// became of one is read from what is kept of every text and call.
/// </summary>
internal sealed class NumberTests(IRows rows, SmsReferences texts, CallBook calls, TimeProvider clock)
{
    public const int PerDay = 5;
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private const string Key = "tries";

    public static TestedNumber? Of(Device device) => device.Kind is ChannelKind.Sms or ChannelKind.Voice ? new TestedNumber(device.Kind, device.Id, device.At) : null;

    /// <summary>Counts one, and gives null where it may go now; otherwise how long until the next.</summary>
    public async Task<TimeSpan?> Claim(string account)
    {
        var (row, now) = (await rows.Read<NumberTriesRow>(Tables.Tenant, Partition(account), Key), clock.GetUtcNow());
        // A time that lies ahead was written by a clock that is wrong, and binds nobody.
        ImmutableArray<DateTimeOffset> tries = [.. (row?.Value.At ?? []).Where(at => at <= now && at > now - Day)];
        if (Wait(tries, now) is { } wait) return wait;
        var written = await rows.Write([new RowChange(Tables.Tenant, Partition(account), Key, new NumberTriesRow([.. tries, now]), IfMatch: row?.ETag ?? RowChange.MustNotExist)]);
        // Two that were asked for at the same moment are one.
        return written[0] ? null : Between;
    }

    /// <summary>Null as long as nothing is known.</summary>
    public async Task<NumberFate?> Fate(string account, string testId, TestedNumber number)
    {
        var key = NumberTest.Key(testId);
        if (number.Kind is ChannelKind.Sms)
        {
            return await texts.Find(key, account, number.Device, number.RegisteredAt) switch
            {
                { DeliveredAt: { } at } => new NumberFate(at, null),
                { Failed: true } => new NumberFate(null, "undelivered"),
                _ => null,
            };
        }

        return (await calls.Find(key, account))?.Attempts.LastOrDefault() switch
        {
            { PickedUpAt: { } at } => new NumberFate(at, null),
            { Over: { } why } => new NumberFate(null, why),
            { Placed: true } attempt when !attempt.UnderWay(clock.GetUtcNow()) => new NumberFate(null, "noAnswer"),
            _ => null,
        };
    }

    private static TimeSpan? Wait(ImmutableArray<DateTimeOffset> tries, DateTimeOffset now) =>
        tries.Length >= PerDay ? tries[^PerDay] + Day - now
        : tries is [.., var last] && last > now - Between ? last + Between - now
        : null;

    private static string Partition(string account) => "numberTests/" + account;
}

/// <summary>Which device a test went to, as it was registered then: by the time somebody asks it may be gone.</summary>
internal sealed record TestedNumber(ChannelKind Kind, string Device, DateTimeOffset RegisteredAt);

/// <param name="ReachedAt">When the network had brought the text to a phone, or somebody picked up.</param>
/// <param name="Why">A stable word, where it will not be.</param>
internal sealed record NumberFate(DateTimeOffset? ReachedAt, string? Why);

/// <param name="At">Of the last twenty-four hours, the latest one last.</param>
internal sealed record NumberTriesRow(ImmutableArray<DateTimeOffset> At)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}
