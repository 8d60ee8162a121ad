using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Sealing;
using Xunit.Abstractions;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Stored;

/// <summary>No actor's row grows with traffic: 64 KB (design §3).</summary>
public sealed class RowSizeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(100, 64)]
    [InlineData(1000, 960)]
    public void An_alert_with_many_offers_fits_its_row(int offers, int kilobytes)
    {
        var asked = Asked(offers);
        Assert.Equal(offers, asked.Offers.Length);
        var quiet = asked with { Trail = [], Outbox = [] };
        output.WriteLine($"{offers} offers: {Bytes(asked)} bytes as decided (outbox and trail not yet drained), {Bytes(quiet)} bytes once drained");
        Assert.InRange(Bytes(asked), 1, kilobytes * 1024);
    }

    /// <summary>Whoever writes on and on, as long texts as are kept, while nobody reads them and the alert cannot be reached.</summary>
    /// <param name="taken">And somebody of the line takes each time what rings, and never closes it: that comes on top, and has an end too.</param>
    /// <param name="kilobytes">At most.</param>
    [Theory]
    [InlineData(false, 64)]
    [InlineData(true, 80)]
    public void A_number_that_wrote_as_much_as_it_can_fits_its_row(bool taken, int kilobytes)
    {
        var (words, id) = (new Sealed<string>(new string('x', 972)), new string('i', 43));
        Contact? contact = null;
        for (var n = 0; n < 60; n++)
        {
            if (taken && contact?.Untaken(RingReason.TextWaiting) is { } rings)
                contact = ((ContactDecision.Changed)ContactClaims.Apply(contact, new Claim(rings.Ring.ItemId, ClaimState.Taken, id[..36], At(n)), At(n))).Contact;
            var raise = Press(Need.Health) with { Id = $"{id}{n:D3}", KeyMac = id, BodyMac = id, WrappedKey = new string('w', 80), Note = words, Channel = IntakeChannel.Text };
            contact = ((ContactDecision.Changed)Receiving.Receive(contact, $"c.{id}", new ReceiveContact
            {
                EventId = $"{id[..20]}{n:D2}", Kind = ContactEventKind.TextArrived, Tenant = "XX", Line = "demo", Area = "XX/demo", Number = words, Text = words, NeedsHuman = true, Raise = raise, Step = new string('s', 200),
            }, At(n))).Contact;
        }

        output.WriteLine($"{JsonSerializer.SerializeToUtf8Bytes(contact, DispatchJson.Options).Length} bytes");
        Assert.Equal((32, taken ? ContactRinging.MaxItems : 1), (contact!.Texts.Length, contact.Items.Length));
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(contact, DispatchJson.Options).Length, 1, kilobytes * 1024);
    }

    /// <summary>Ids as long as real ones; the offers spread over as many needs as the bound of one step asks for.</summary>
    private static Alert Asked(int offers)
    {
        var perNeed = Math.Min(offers, Dispatch.Domain.Protocols.Rules.MaxPerStep);
        var needs = Enum.GetValues<Need>().Where(n => n is not Need.Police).Take(offers / perNeed).ToArray();
        var people = Enumerable.Range(1, perNeed).Select(i => Person($"0191e7a2-7b1c-7000-8000-{i:D12}", needs) with { Organisation = Clinic with { Id = $"org-{i % 20:D4}" } }).ToArray();
        var rules = Rules() with { Steps = [new StepRule(0, perNeed)] };
        var raised = Raising.Raise(null, Press(needs) with { Id = "0191e7a2-7b1c-7000-8000-000000000000" }, Night).Now();
        return needs.Aggregate(Asking.Open(raised, rules, Night).Now(), (a, n) => Asking.EnterStep(a, n, people, At(0.123)).Now());
    }

    private static int Bytes(Alert alert) => JsonSerializer.SerializeToUtf8Bytes(alert, DispatchJson.Options).Length;
}
