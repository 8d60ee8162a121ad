using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Dispatch.Channels.Gateways;
using Dispatch.Channels.Voice;
using Dispatch.Domain.Numbers;
using Dispatch.Web.Gateways;
using Dispatch.Web.Gateways.Voice;
using Dispatch.Web.Gateways.Voice.Kinds;
using Dispatch.Web.Pages;

namespace Dispatch.Web.Demo;

/// <summary>
/// Telephones of the demo: a page plays one of them. It speaks to a bridge's webhook as a real exchange does, so what it shows is what the product does; where the machine would ring
/// somebody, the page with that number rings.
/// </summary>
internal sealed class DemoTelephone : IVoiceGateway
{
    private const string Gateway = "demo";
    private const int MaxRinging = 1000;

    private static readonly string[] Countries = ["223", "226", "229"];

    private readonly string _secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
    private readonly ConcurrentDictionary<string, string> _ringing = new(StringComparer.Ordinal);

    public string Name => Gateway;

    /// <summary>Where the page posts.</summary>
    public string Webhook => $"/gateways/voice/{Gateway}/{_secret}";

    public VoiceSettings Settings => new(
        [new GatewaySettings<IVoiceGateway, IVoiceWebhook>(Gateway, _ => this, new BridgeWebhook(_secret))],
        Countries.ToImmutableDictionary(country => country, _ => ImmutableArray.Create(Gateway)));

    /// <summary>Our reference of the call that rings this phone; given once, for the page answers it or lets it ring out.</summary>
    public string? Rings(string? number) => PhoneNumber.TryParse(number, out var known) && _ringing.TryRemove(known.E164, out var reference) ? reference : null;

    public Task<GatewayOutcome> Send(VoiceCall message, CancellationToken deadline)
    {
        if (_ringing.Count >= MaxRinging) _ringing.Clear();
        _ringing[message.To.E164] = message.Reference;
        return Task.FromResult<GatewayOutcome>(new GatewayOutcome.Accepted());
    }

    public Task<GatewayOutcome> HangUp(RingingCall call, CancellationToken deadline)
    {
        foreach (var (number, reference) in _ringing)
        {
            if (reference == call.Reference) _ringing.TryRemove(number, out _);
        }

        return Task.FromResult<GatewayOutcome>(new GatewayOutcome.Accepted());
    }
}

internal static class DemoTelephoneEndpoints
{
    /// <summary>Only in a demo: nowhere else is there a telephone to play.</summary>
    public static void MapDemoTelephone(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<DemoTelephone>() is not { } telephone) return;
        var demo = routes.MapGroup("/demo/phone").AllowAnonymous().ExcludeFromDescription();
        demo.MapGet("", (HttpRequest request, Page page) => page.Render(request, "phone"));
        demo.MapGet("/state", (string? number) => Results.Ok(new DemoTelephoneBody(telephone.Webhook, telephone.Rings(number))));
    }
}

/// <param name="Webhook">Where the page posts what its caller does.</param>
/// <param name="Rings">The call that rings this phone now.</param>
internal sealed record DemoTelephoneBody(string Webhook, string? Rings);
