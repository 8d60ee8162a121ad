using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.TestHosts;

namespace Dispatch.Web.Tests.Crash;

/// <summary>What the real process says and does when its disk is taken, damaged, read-only or full.</summary>
public sealed class StoreTroubleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_second_process_on_the_same_store_is_refused_with_a_clear_message()
    {
        await using var first = new HostProcess();
        await first.Start(Patience);
        await using var second = new HostProcess(first.StoragePath, first.KeysPath);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => second.Start(Patience));

        Assert.Contains("another process", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(0, await second.Exited(Patience));
    }

    [Fact]
    public async Task A_damaged_file_is_refused_by_name_and_left_as_it_is()
    {
        await using var host = new HostProcess();
        Directory.CreateDirectory(host.StoragePath);
        var file = Path.Combine(host.StoragePath, "dispatch.db");
        var rubbish = new byte[64 * 1024];
        new Random(1).NextBytes(rubbish);
        await File.WriteAllBytesAsync(file, rubbish);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Start(Patience));

        Assert.Contains("dispatch.db", refused.Message, StringComparison.Ordinal);
        Assert.Equal(rubbish, await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task A_stop_by_the_service_manager_ends_in_time_and_a_new_start_has_everything()
    {
        await using var host = new HostProcess();
        await host.Start(Patience);
        using var http = new HttpClient { BaseAddress = host.Address };
        var (id, token) = await Raise(http);

        Assert.Equal(0, await host.Stop(TimeSpan.FromSeconds(15)));
        await host.Start(Patience);

        Assert.Equal(HttpStatusCode.OK, await Read(http, id, token));
    }

    [Fact]
    public async Task A_full_disk_refuses_new_alerts_with_503_and_loses_none_that_was_acknowledged()
    {
        await using var disk = await SmallDisk.Mount(megabytes: 12);
        await using var host = new HostProcess(disk.Path);
        await host.Start(Patience);
        using var http = new HttpClient { BaseAddress = host.Address };
        var acknowledged = new List<(string Id, string Token)> { await Raise(http) };

        disk.Fill();
        var refused = HttpStatusCode.Accepted;
        for (var i = 0; i < 400 && refused is HttpStatusCode.Accepted; i++)
        {
            using var answer = await Post(http, Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
            refused = answer.StatusCode;
            if (refused is HttpStatusCode.Accepted) acknowledged.Add(await Acknowledged(answer));
            else Assert.True(answer.Headers.RetryAfter is not null, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()} {host.Output}");
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused);
        await APressWithoutScriptsIsToldSo(http);
        disk.Empty();
        await Eventually(async () => acknowledged.Add(await Raise(http)));
        await host.Kill();
        await host.Start(Patience);
        foreach (var (id, token) in acknowledged) Assert.Equal(HttpStatusCode.OK, await Read(http, id, token));
    }

    private static async Task APressWithoutScriptsIsToldSo(HttpClient http)
    {
        var key = Guid.NewGuid().ToString();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["key"] = key, ["lang"] = "fr", ["note"] = "\"puits\"" });
        using var answer = await http.PostAsync("/api/v1/alerts", form);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Pas reçu.", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"key\" value=\"{key}\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"&quot;puits&quot;\"", page, StringComparison.Ordinal);
    }

    private static async Task Eventually(Func<Task> act)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromSeconds(10))
            {
                await Task.Delay(200);
            }
        }
    }

    private static async Task<(string Id, string Token)> Raise(HttpClient http)
    {
        using var answer = await Post(http, Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        answer.EnsureSuccessStatusCode();
        return await Acknowledged(answer);
    }

    private static async Task<(string Id, string Token)> Acknowledged(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("id").GetString()!, body.GetProperty("survivorToken").GetString()!);
    }

    private static async Task<HttpResponseMessage> Post(HttpClient http, string id, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/alerts") { Content = JsonContent.Create(new { id, note = new string('n', 1_500) }) };
        request.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(request);
    }

    private static async Task<HttpStatusCode> Read(HttpClient http, string id, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/alerts/{id}") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
