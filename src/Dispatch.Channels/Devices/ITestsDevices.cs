using Dispatch.Domain.Channels;

namespace Dispatch.Channels.Devices;

/// <summary>A channel that can send a test to one device because its owner wants to know whether it rings. It says nothing but that it is a test.</summary>
public interface ITestsDevices
{
    ChannelKind Kind { get; }

    /// <summary>One attempt and no repeat: she is looking at her phone, and asks again herself. Ends by the caller's deadline; never throws for a refusal of the far side.</summary>
    /// <param name="testId">What the device answers with.</param>
    Task<DeliveryResult> Test(string responder, ReachableDevice device, string testId, CancellationToken deadline);
}
