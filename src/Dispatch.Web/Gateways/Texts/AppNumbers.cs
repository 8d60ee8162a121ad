using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Contacts;
using Dispatch.Web.Contacts;
using Orleans;

namespace Dispatch.Web.Gateways.Texts;

/// <summary>
/// A number that came with an alert from the app: what is written or rung from it soon afterwards is about that alert. Where it was about another one already, a human sees both and says whether
/// they are one.
/// </summary>
internal sealed class AppNumbers(ContactDesk contacts, LinesSettings settings, IGrainFactory grains, TimeProvider clock, ILogger<AppNumbers> log)
{
    private const string Provider = "app";

    /// <summary>Beside the answer to the raise, which waits for nothing that is not the alert itself. What is lost here costs a second alert, and no alert.</summary>
    public void Know(string alert, string line, SafeContact? said)
    {
        if (said is { Channel: not ContactChannel.None, Number: { Length: > 0 } number }) _ = Tie(alert, new InboundNumber(line, Provider, number));
    }

    private async Task Tie(string alert, InboundNumber from)
    {
        try
        {
            await Task.Yield();
            var contact = grains.GetGrain<IContactGrain>(contacts.IdOf(from));
            var before = await contact.View();
            if (before?.Tie?.AlertId == alert) return;
            var two = before is { Tie: not null } && Tying.IsAboutSame(before, clock.GetUtcNow());
            await contacts.Receive(from, alert, two ? ContactEventKind.TextArrived : ContactEventKind.StepTaken, command => command with { NeedsHuman = two, Within = settings.Of(from.Line).TextWithin });
            await contact.Tie(alert, Consent.Survivor);
        }
#pragma warning disable CA1031 // Nobody waits for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("The number of an alert was not tied to it: {Failure}", failure.GetType().Name);
        }
    }
}
