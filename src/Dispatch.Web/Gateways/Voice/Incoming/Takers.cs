using Dispatch.Domain.Channels;
using Dispatch.Grains.Responders;
using Dispatch.Web.Contacts;
using Orleans;

namespace Dispatch.Web.Gateways.Voice.Incoming;

/// <summary>Where a call is put through to once a human has it: the number that she registered as her own, or else the line's desk.</summary>
internal sealed class Takers(IGrainFactory grains, NumberIndex numbers, LinesSettings lines)
{
    public async Task<string?> NumberOf(string account, string line)
    {
        foreach (var device in await grains.GetGrain<IResponderGrain>(account).Devices())
        {
            if (device.Kind is ChannelKind.Sms && numbers.NumberOf(account, device) is { } number) return number.E164;
        }

        return lines.Of(line).Desk;
    }
}
