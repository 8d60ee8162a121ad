using System.Collections.Immutable;
using Dispatch.Channels.WebPush;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Numbers;
using Dispatch.Domain.Responders;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Push.WebPush;

namespace Dispatch.Web.Staff;

internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/me/devices", List).RequireAuthorization(Policies.Staff).RequireRateLimiting(RateLimits.Staff).WithTags("Staff")
            .Produces<MyDevicesBody>().Refuses(Code.NotSignedIn, Code.TooManyRequests, Code.Unavailable);
        var device = routes.MapGroup("/api/v1/me/devices/{deviceId}").RequireAuthorization(Policies.Staff).RequireRateLimiting(RateLimits.Staff).WithTags("Staff")
            .Refuses(Code.InvalidBody, Code.NotSignedIn, Code.GuardMissing, Code.TooManyRequests, Code.Unavailable);
        device.MapPut("", Put).Produces<DeviceRegisteredBody>().Refuses(Code.InvalidNumber);
        device.MapDelete("", Forget).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> List(HttpContext http, DeviceDesk desk) => Results.Ok(await desk.Of(http.Staff().Account));

    private static async Task<IResult> Put(string deviceId, DeviceBody body, HttpContext http, DeviceDesk desk, PushHere push)
    {
        if (!IsId(deviceId)) return Problem.Of(Code.InvalidBody, "deviceId");
        if (AddressOf(body, push.Reach) is not { } address) return Problem.Of(Code.InvalidBody, "address");
        PhoneNumber? number = null;
        if (body.Kind is DeviceKind.Sms or DeviceKind.Voice)
        {
            if (!PhoneNumber.TryParse(body.Number, out number)) return Problem.Of(Code.InvalidNumber, "Write it with its country, as +223 70 00 00 00.");
            address = address with { Number = number.E164, Language = http.Staff().Profile.Language };
        }

        var channel = await desk.Put(http.Staff().Account, deviceId, (ChannelKind)(int)body.Kind, address);
        return Results.Ok(new DeviceRegisteredBody(deviceId, body.Kind, channel) { Number = number?.Masked });
    }

    private static async Task<IResult> Forget(string deviceId, HttpContext http, DeviceDesk desk)
    {
        if (!IsId(deviceId)) return Problem.Of(Code.InvalidBody, "deviceId");
        await desk.Forget(http.Staff().Account, deviceId);
        return Results.NoContent();
    }

    /// <summary>Only what its kind needs, and null when that is missing or too long.</summary>
    private static DeviceAddress? AddressOf(DeviceBody body, PushReach reach) => body.Kind switch
    {
        DeviceKind.WebPush when Fits(body.Endpoint, Bounds.PushEndpoint) && Fits(body.P256dh, Bounds.PushKey) && Fits(body.Auth, Bounds.PushKey) =>
            new DeviceAddress(Endpoint: body.Endpoint, P256dh: body.P256dh, Auth: body.Auth) is var address && Usable(address, reach) ? address : null,
        DeviceKind.Fcm when Fits(body.Token, Bounds.PushToken) => new DeviceAddress(Token: body.Token),
        DeviceKind.Sms or DeviceKind.Voice when Fits(body.Number, Bounds.Number) => new DeviceAddress(Number: body.Number),
        _ => null,
    };

    private static bool Usable(DeviceAddress browser, PushReach reach)
    {
        using var subscription = PushSubscription.Read(browser, reach);
        return subscription is not null;
    }

    private static bool Fits(string? text, int most) => text is { Length: > 0 } && text.Length <= most;

    internal static bool IsId(string id) => id.Length is >= 1 and <= Bounds.IdMax && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}

/// <summary>A number is texted where it was registered as sms, and rung where its owner allowed that by registering it as voice too.</summary>
public enum DeviceKind { WebPush = ChannelKind.WebPush, Fcm = ChannelKind.Fcm, Sms = ChannelKind.Sms, Voice = ChannelKind.Voice }

public sealed record DeviceBody
{
    public required DeviceKind Kind { get; init; }
    public string? Endpoint { get; init; }
    public string? P256dh { get; init; }
    public string? Auth { get; init; }
    public string? Token { get; init; }
    public string? Number { get; init; }
}

/// <param name="Kinds">What can be sent to here.</param>
public sealed record MyDevicesBody(ImmutableArray<DeviceKind> Kinds, ImmutableArray<MyDeviceBody> Items);

/// <param name="Number">Masked; absent where it has none.</param>
public sealed record MyDeviceBody(string DeviceId, DeviceKind Kind, string? Number, DateTimeOffset RegisteredAt);

public sealed record DeviceRegisteredBody(string DeviceId, DeviceKind Kind, DeviceChannel Channel)
{
    /// <summary>As it was understood, masked.</summary>
    public string? Number { get; init; }
}
