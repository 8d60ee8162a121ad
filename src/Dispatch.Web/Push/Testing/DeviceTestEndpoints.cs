using System.Diagnostics;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;

namespace Dispatch.Web.Push.Testing;

internal static class DeviceTestEndpoints
{
    public static void MapDeviceTests(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/v1/me").RequireAuthorization(Policies.Staff).RequireRateLimiting(RateLimits.Staff).WithTags("Staff")
            .Refuses(Code.NotSignedIn, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        me.MapPost("/devices/{deviceId}/test", Start).Produces<DeviceTestStartedBody>(StatusCodes.Status202Accepted)
            .WithDescription("Sends a test to this device on its own channel, at most once in ten seconds. To a number it is a text or a call: one in a minute and five in twenty-four hours, to all of hers together.")
            .Refuses(Code.GuardMissing, Code.NotConfigured);
        me.MapPost("/device-tests/{testId}/received", Received).Produces(StatusCodes.Status204NoContent)
            .WithDescription("The device says that the test came.")
            .Refuses(Code.GuardMissing);
        me.MapGet("/device-tests/{testId}", Look).Produces<DeviceTestBody>();
    }

    private static async Task<IResult> Start(string deviceId, HttpContext http, DeviceTester tester) =>
        !DeviceEndpoints.IsId(deviceId) ? Problem.Of(Code.NotFound) : await tester.Start(http.Staff().Account, deviceId) switch
        {
            DeviceTestStarted.Started started => Results.Accepted($"/api/v1/me/device-tests/{started.TestId}", new DeviceTestStartedBody(started.TestId)),
            DeviceTestStarted.NoDevice => Problem.Of(Code.NotFound),
            DeviceTestStarted.NoChannel => Problem.Of(Code.NotConfigured),
            DeviceTestStarted.TooSoon soon => Problem.Of(Code.TooManyRequests, retryAfter: soon.Wait),
            var other => throw new UnreachableException($"test {other}"),
        };

    private static async Task<IResult> Received(string testId, HttpContext http, DeviceTester tester) =>
        await tester.Received(http.Staff().Account, testId) ? Results.NoContent() : Problem.Of(Code.NotFound);

    private static async Task<IResult> Look(string testId, HttpContext http, DeviceTester tester) =>
        await tester.Look(http.Staff().Account, testId) is { } test ? Results.Ok(test) : Problem.Of(Code.NotFound);
}

public enum DeviceTestState { Sent = 1, Received = 2, Failed = 3 }

public sealed record DeviceTestStartedBody(string TestId);

/// <param name="ReceivedAt">When the device answered; of a text, when its network had brought it; of a call, when somebody picked up.</param>
/// <param name="Milliseconds">From the moment it left until then, by this service's clock.</param>
/// <param name="Why">A stable word, where it could not be handed over or the network says that it did not arrive.</param>
public sealed record DeviceTestBody(string TestId, DeviceTestState State, DateTimeOffset SentAt, DateTimeOffset? ReceivedAt, long? Milliseconds, string? Why);
