using Dispatch.Channels.Gateways;
using Dispatch.Channels.Sms;
using Dispatch.Channels.Words;
using Dispatch.Domain.Numbers;
using Dispatch.Web.Sealing;

namespace Dispatch.Web.Gateways;

/// <summary>Short words back to who texted. A courtesy: tried once, behind everything urgent, and never in the way of what was answered.</summary>
internal sealed class SmsReplies(GatewayRoutes<SmsMessage> routes, Macs macs, ILogger<SmsReplies> log)
{
    public const int MaxUnderWay = 64;

    private int _underWay;

    /// <summary>Returns at once and never throws.</summary>
    public void Send(PhoneNumber to, string? language, string words, string? code, string answers)
    {
        var message = new SmsMessage(to, Wordings.Approved.Of(language, words, code), macs.Text($"reply\0{answers}"), Urgent: false);
        if (Interlocked.Increment(ref _underWay) <= MaxUnderWay) _ = Leave(message);
        else Interlocked.Decrement(ref _underWay);
    }

    private async Task Leave(SmsMessage message)
    {
        try
        {
            await Task.Yield();
            await routes.Send(message, CancellationToken.None);
        }
#pragma warning disable CA1031 // Nobody waits for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("A reply by text did not leave: {Failure}", failure.GetType().Name);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
