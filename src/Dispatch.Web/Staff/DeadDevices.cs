using System.Threading.Channels;
using Dispatch.Domain.Responders;
using Dispatch.Grains.Responders;
using Dispatch.Web.Audit;
using Dispatch.Web.Gateways;
using Orleans;

namespace Dispatch.Web.Staff;

/// <summary>
/// Retires devices that channels found dead, one after the other and off every turn. What does not fit, fails or is lost in a stop is reported again by the
/// next send to that device.
/// </summary>
internal sealed class DeadDevices(IGrainFactory grains, NumberIndex numbers, OpenOffers offers, IAudit audit, ILogger<DeadDevices> log) : BackgroundService
{
    public const int MaxWaiting = 256;

    /// <summary>Who retires a device in the audit: no person.</summary>
    public const string By = "channel";

    private readonly Channel<(string Responder, Device Device)> _waiting =
        Channel.CreateBounded<(string Responder, Device Device)>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    public void Report(string responder, Device device)
    {
        if (!_waiting.Writer.TryWrite((responder, device))) log.LogWarning("More dead devices are reported than are retired; the next send reports this one again");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (responder, device) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Retire(responder, device);
            }
#pragma warning disable CA1031 // One that could not be retired keeps no other from it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                log.LogWarning("A dead device was not retired: {Failure}", failure.GetType().Name);
            }
        }
    }

    private async Task Retire(string responder, Device device)
    {
        var person = grains.GetGrain<IResponderGrain>(responder);
        // Ten notices that leave together report one dead phone ten times.
        if (!(await person.Devices()).Contains(device)) return;
        await audit.Write(By, "device.retire", subject: device.Id, detail: responder);
        await person.RetireDevice(device);
        await offers.Without(responder, device.Kind, "deviceDead");
        if (numbers.NumberOf(responder, device) is { } number) await numbers.Tidy(responder, number);
    }
}
