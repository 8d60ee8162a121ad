using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Cluster.Tests.Harness;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Dispatch.Grains;
using Npgsql;

namespace Dispatch.Cluster.Tests.Load;

/// <summary>What must be true whatever became of the hosts, read from the database and asked of every host.</summary>
internal sealed class Truth(RunningCluster cluster, Pressing pressing, Answering answering)
{
    /// <summary>After the longest wait of the rules.</summary>
    private static readonly TimeSpan SettlesWithin = SmallTown.RingsAfter + TimeSpan.FromSeconds(25);

    private static readonly TimeSpan AsksWithin = TimeSpan.FromSeconds(20);

    /// <summary>Everything, in bounded time from now on. Gives what was seen, in words.</summary>
    public async Task<string> Holds()
    {
        var settled = await Settled();
        await EveryAcknowledgedAlertIsThereOnce();
        var alerts = await Alerts();
        EachNeedIsFilledAtMostOnce(alerts);
        var late = await RingingLateness(alerts);
        Assert.True(Caller.Wrong.IsEmpty, $"{string.Join("; ", Caller.Wrong.Distinct().Take(5))}{Defects()}");
        var open = alerts.Count(a => !IsFilled(a));
        return $"{pressing.Acknowledged.Count} alerts acknowledged, {answering.Accepted.Count} needs filled, {open} left open and all rung (latest {late.TotalSeconds:F1} s after its time); "
            + $"no gap longer than {pressing.Gap().TotalSeconds:F1} s, slowest press {pressing.Slowest().TotalSeconds:F1} s, {pressing.NotNow} times 503; settled after {settled.TotalSeconds:F1} s";
    }

    private static bool IsFilled(Alert alert) => alert.Offers.Any(o => o.Counts);

    /// <summary>Every alert that nobody accepted has asked its second step and rings, and nobody is owed a word any more.</summary>
    private async Task<TimeSpan> Settled()
    {
        var clock = Stopwatch.StartNew();
        string[] unsettled;
        do
        {
            unsettled = [.. (await Alerts()).Select(Unsettled).OfType<string>()];
            if (unsettled.Length == 0) return clock.Elapsed;
            await Task.Delay(500);
        }
        while (clock.Elapsed < SettlesWithin);

        Assert.Fail($"{unsettled.Length} alerts are not settled after {SettlesWithin}: {string.Join("; ", unsettled.Take(5))}{Outputs()}");
        return default;
    }

    private static string? Unsettled(Alert alert)
    {
        if (!alert.Outbox.IsEmpty) return $"{alert.Id} owes {string.Join(", ", alert.Outbox)}";
        if (IsFilled(alert)) return null;
        if (alert.Needs.IsEmpty || alert.Needs.Any(n => n.Steps.Length < 2 || n.Steps.All(s => s.Asked == 0))) return $"{alert.Id} raised at {alert.RaisedAt:T} has asked {alert.Offers.Length}";
        return alert.Ring is { Begun: true } ? null : $"{alert.Id} raised at {alert.RaisedAt:T} does not ring";
    }

    private async Task EveryAcknowledgedAlertIsThereOnce()
    {
        var alerts = await Alerts();
        Assert.Equal(alerts.Count, alerts.Select(a => a.Id).Distinct().Count());
        Assert.Empty(alerts.Select(a => a.Id).Except(pressing.Pressed));
        Assert.Empty(pressing.Acknowledged.Select(a => a.Id).Except(alerts.Select(a => a.Id)));
        foreach (var (alert, i) in pressing.Acknowledged.Select((a, i) => (a, i)))
        {
            var read = await new Caller(cluster.Addresses, i, alert.Token).Until(AsksWithin, HttpMethod.Get, $"/api/v1/alerts/{alert.Id}");
            Assert.Equal(HttpStatusCode.OK, read?.Status);
            var again = await new Caller(cluster.Addresses, i + 1).Until(
                AsksWithin, HttpMethod.Post, "/api/v1/alerts", () => JsonContent.Create(new { area = alert.Area, needs = new[] { "health" }, language = "fr" }), alert.Id);
            Assert.Equal(HttpStatusCode.Accepted, again?.Status);
            Assert.Equal(alert.Token, again!.Body.GetProperty("survivorToken").GetString());
        }
    }

    private void EachNeedIsFilledAtMostOnce(IReadOnlyList<Alert> alerts)
    {
        foreach (var alert in alerts)
        {
            Assert.All(alert.Needs, need => Assert.True(alert.Offers.Count(o => o.Need == need.Need && o.Counts) <= need.Quorum, $"{alert.Id} was filled more than once"));
        }

        var byId = alerts.ToDictionary(a => a.Id, StringComparer.Ordinal);
        foreach (var (alert, who) in answering.Accepted)
        {
            var told = Assert.Single(who.Distinct());
            Assert.Contains(byId[alert].Offers, o => o.Responder == told && o.Counts);
        }
    }

    /// <summary>How long after its time the last of them began to ring, by the history.</summary>
    private async Task<TimeSpan> RingingLateness(IReadOnlyList<Alert> alerts)
    {
        var rangAt = (await Rows<HistoryEvent>(cluster, "SELECT part, body FROM dispatch_row WHERE tbl = 'history'"))
            .Where(line => line.Value.Kind is HistoryKind.Ringing).GroupBy(line => line.Key).ToDictionary(g => g.Key, g => g.Min(line => line.Value.At));
        return alerts.Where(a => a.Ring is { Begun: true }).Select(a => rangAt[a.Id] - a.Ring!.At).Append(TimeSpan.Zero).Max();
    }

    public Task<IReadOnlyList<Alert>> Alerts() => Alerts(cluster);

    public static async Task<IReadOnlyList<Alert>> Alerts(RunningCluster cluster) =>
        [.. (await Rows<Stored<Alert>>(cluster, "SELECT '', payload FROM orleans_state WHERE grain_type = 'alert' AND payload IS NOT NULL")).Select(r => r.Value.Value).OfType<Alert>()];

    public static async Task<IReadOnlyList<BedLedger>> Ledgers(RunningCluster cluster) =>
        [.. (await Rows<Stored<BedLedger>>(cluster, "SELECT '', payload FROM orleans_state WHERE grain_type = 'beds' AND payload IS NOT NULL")).Select(r => r.Value.Value).OfType<BedLedger>()];

    private static async Task<List<(string Key, T Value)>> Rows<T>(RunningCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.Database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<(string, T)> rows = [];
        while (await reader.ReadAsync()) rows.Add((reader.GetString(0), JsonSerializer.Deserialize<T>(reader.GetFieldValue<byte[]>(1), DispatchJson.Options)!));
        return rows;
    }

    /// <summary>What the hosts said about requests that they could not answer for no good reason.</summary>
    private string Defects() => string.Concat(cluster.Hosts.SelectMany(h => h.Output.Split("A request failed").Skip(1).Select(d => $"{Environment.NewLine}--- {h.Name}: {d[..Math.Min(d.Length, 2500)]}")).Take(3));

    /// <summary>What the hosts said last, for whoever reads the failure.</summary>
    public string Outputs() => string.Concat(cluster.Hosts.Select(h => $"{Environment.NewLine}--- {h.Name}: {h.Output[Math.Max(0, h.Output.Length - 6000)..]}"));
}
