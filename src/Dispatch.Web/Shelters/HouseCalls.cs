using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Domain;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Shelters;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Rows;
using Dispatch.Grains.Shelters;
using Orleans;

namespace Dispatch.Web.Shelters;

/// <summary>
/// Tells the staff on duty of a house that a hold waits for their answer, on what they carry: a push that says nothing, a text with a code. For as long as it is held it is looked at again, so
/// that a way that failed is tried again and whoever comes on duty is told, too.
/// </summary>
internal sealed class HouseCalls(IRows rows, IGrainFactory grains, AlertSender sender, HouseStaff staff, IEngineReadiness engine, TimeProvider clock, ILogger<HouseCalls> log) : BackgroundService
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>Also how long other hosts keep their hands off.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(15);

    /// <summary>An open page hears of every change by itself; a call would say too much to whoever takes it.</summary>
    private static readonly ImmutableArray<ChannelKind> Ways = [ChannelKind.WebPush, ChannelKind.Fcm, ChannelKind.Sms];

    public async Task Sweep() => await Task.WhenAll((await rows.ListDue<HouseCall>(Tables.HouseCalls, clock.GetUtcNow(), AtOnce)).Select(Look));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await Next(timer, stoppingToken))
        {
            try
            {
                await Sweep();
            }
#pragma warning disable CA1031 // The next sweep does it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogWarning("Houses could not be told of holds yet: {Failure}", failure.GetType().Name);
            }
        }
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task Look(StoredRow<HouseCall> row)
    {
        try
        {
            // Whoever writes this one tells; a host that dies after it leaves the next look to the others.
            var mine = await rows.Write([Change(row, row.Value, row.ETag)]);
            if (!mine[0]) return;
            var held = await grains.GetGrain<IShelterGrain>(row.Partition).Holds([row.Key]) is [{ Stage: HoldStage.Held } hold] ? hold : null;
            await rows.Write([Change(row, held is null ? null : row.Value with { Told = row.Value.Told.AddRange(await Tell(row, held)) })]);
        }
#pragma warning disable CA1031 // One house that cannot be asked keeps no other from being told; this one is looked at again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("A house could not be told of a hold yet: {Failure}", failure.GetType().Name);
        }
    }

    private RowChange Change(StoredRow<HouseCall> row, HouseCall? call, string? ifMatch = null) =>
        new(Tables.HouseCalls, row.Partition, row.Key, call, call is null ? null : clock.GetUtcNow() + LookAgainAfter, ifMatch);

    /// <summary>The ways that were new and need no second try.</summary>
    private async Task<IEnumerable<string>> Tell(StoredRow<HouseCall> row, HoldView hold)
    {
        var due = (await MayHear(hold, await staff.OnDuty(row.Partition))).SelectMany(account => sender.Channels.Where(c => Ways.Contains(c.Kind)).Select(channel => (Account: account, Channel: channel, Way: $"{account}:{EnumWords.Of(channel.Kind)}")))
            .Where(way => !row.Value.Told.Contains(way.Way)).ToArray();
        var code = hold.Code?.ToString(CultureInfo.InvariantCulture);
        var results = await Task.WhenAll(due.Select(way => sender.Send(way.Channel, new Notice($"{hold.HoldId}:{way.Way}", NoticeKind.HoldWaiting, way.Account, "", 0, Code: code))));
        return due.Where((_, i) => results[i] is not DeliveryResult.Later).Select(way => way.Way);
    }

    /// <summary>The house is not asked where somebody whom she shut out is known to work; whoever began there since, or was shut out in this moment, hears nothing either.</summary>
    private async Task<IEnumerable<string>> MayHear(HoldView hold, ImmutableArray<string> onDuty)
    {
        if (!HoldId.TryParse(hold.HoldId, out var id)) return [];
        var may = await Task.WhenAll(onDuty.Select(account => MayHear(id, account)));
        return onDuty.Where((_, i) => may[i]);
    }

    private async Task<bool> MayHear(HoldId hold, string account)
    {
        try
        {
            return await grains.GetGrain<IAlertGrain>(hold.Alert).BedParty(hold.No, hold.Shelter, account) is not null;
        }
        catch (Exception away) when (away is TimeoutException || engine.IsOutage(away))
        {
            // A call says nothing of her, and a house that hears nothing lets her bed run out.
            return true;
        }
    }
}
