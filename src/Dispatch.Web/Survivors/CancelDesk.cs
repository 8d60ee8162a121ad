using System.Buffers.Text;
using System.Text.Json;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Contacts;
using Dispatch.Web.Hosting;
using Dispatch.Web.Sealing;
using Orleans;

namespace Dispatch.Web.Survivors;

/// <summary>Cancels, whatever that means for the PIN that came with it, in one time for all of them: who watches the screen learns nothing from how long it took.</summary>
internal sealed class CancelDesk(IGrainFactory grains, Macs macs, NumberMarks marks, TimeProvider clock)
{
    /// <summary>Longer than any of the paths takes on a healthy host. A slower one waits for the next multiple.</summary>
    public static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(300);

    public async Task Cancel(string alertId, string? pin, CancellationToken aborted)
    {
        var started = clock.GetTimestamp();
        // An overlong or empty PIN is a wrong PIN, not a wrong request.
        var hash = string.IsNullOrEmpty(pin) ? null : macs.Pin(alertId, pin);
        var verdict = await grains.GetGrain<ISurvivorSessionGrain>(alertId).CheckPin(hash);
        await grains.GetGrain<IAlertGrain>(alertId).Cancel(verdict);
        // Whatever it was: only the alert knows.
        marks.SilenceAside(alertId);
        var until = Takes * (Math.Floor(clock.GetElapsedTime(started) / Takes) + 1);
        // A timer may fire a little early.
        while (until - clock.GetElapsedTime(started) is { Ticks: > 0 } rest) await Task.Delay(rest + TimeSpan.FromMilliseconds(1), clock, aborted);
    }
}

/// <summary>Reads the PIN of a cancel, in the clear or sealed on the phone for the raise it belongs to. What cannot be read is no PIN: a cancel is never refused.</summary>
internal sealed class CancelReading(OutboxKey outbox)
{
    private const int KeyBytes = 16;

    public async Task<string?> Pin(HttpRequest request)
    {
        try
        {
            using var buffer = new MemoryStream();
            await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
            var cancel = JsonSerializer.Deserialize<CancelOrSealed>(buffer.ToArray(), WireJson.Options);
            return cancel?.Envelope is { } envelope ? Sealed(envelope, request) : cancel?.Pin;
        }
        catch (Exception unreadable) when (unreadable is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    private string? Sealed(Envelope envelope, HttpRequest request) =>
        envelope is { Kid: not null, Epk: not null, Iv: not null, Box: not null } && KeyOf(request) is { } key && outbox.Open(envelope, key) is { } plain
            ? JsonSerializer.Deserialize<CancelOrSealed>(plain, WireJson.Options)?.Pin
            : null;

    /// <summary>The idempotency key of the raise: a survivor's token begins with it.</summary>
    private static string? KeyOf(HttpRequest request)
    {
        var token = request.Headers.Authorization.ToString().Split(' ')[^1];
        return Base64Url.IsValid(token, out var length) && length > KeyBytes ? new Guid(Base64Url.DecodeFromChars(token).AsSpan(0, KeyBytes), bigEndian: true).ToString("D") : null;
    }

    private sealed record CancelOrSealed(string? Pin = null, Envelope? Envelope = null);
}
