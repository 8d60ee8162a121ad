using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Sealing;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Contacts;

/// <summary>One number, and what comes from it.</summary>
internal static class GivenContact
{
    public const string Id = "c.hers";

    public static ReceiveContact Event(string id, ContactEventKind kind, string? call = null, RaiseAlert? raise = null) => new()
    {
        EventId = id, Kind = kind, Tenant = "XX", Line = "demo", Area = "XX/demo", Number = new Sealed<string>("box"), Call = call, RingsBack = true, Raise = raise,
    };

    public static RaiseAlert Help(string id) => Press() with { Id = id, Channel = IntakeChannel.Call };

    public static Contact Now(this ContactDecision decision) => Assert.IsType<ContactDecision.Changed>(decision).Contact;

    public static Contact Gets(this Contact? contact, double at, ReceiveContact command) => Receiving.Receive(contact, Id, command, At(at)).Now();

    public static Contact Rings(double at = 0, string call = "call-1") => ((Contact?)null).Gets(at, Event($"{call}:arrived", ContactEventKind.CallArrived, call));

    public static Contact HangsUp(this Contact contact, double at, string call = "call-1") => contact.Gets(at, Event($"{call}:over", ContactEventKind.CallOver, call) with { MissedAt = At(at) });

    public static Contact TakenBy(this Contact contact, string who, double at, RingReason reason) =>
        ContactClaims.Apply(contact, new Claim(contact.Untaken(reason)!.Ring.ItemId, ClaimState.Taken, who, At(at)), At(at)).Now();

    /// <summary>What its timer would do by then, second by second.</summary>
    public static Contact Until(this Contact contact, double from, double to)
    {
        for (var at = from; at <= to; at++)
        {
            if (ContactRinging.Tick(contact, At(at)) is ContactDecision.Changed called) contact = called.Contact;
            if (CallingBack.Tick(contact, At(at)) is ContactDecision.Changed rung) contact = rung.Contact;
        }

        return contact;
    }
}
