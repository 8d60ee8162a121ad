using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Sealing;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Hotline;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Contacts;

/// <summary>What the network brings from one number to the city's line.</summary>
internal sealed class Telephone(City city, string number)
{
    private int _events;

    public string Id { get; } = ContactId.Of(number);

    public IContactGrain Grain => city.Grains.GetGrain<IContactGrain>(Id);

    public Contact? State => city.Host(Grain.View);

    public ContactResult Says(ContactEventKind kind, string? call = null, RaiseAlert? raise = null, string? eventId = null) => city.Host(() => Grain.Receive(new ReceiveContact
    {
        EventId = eventId ?? $"{number}-{++_events}", Kind = kind, Tenant = City.Tenant, Line = City.Line, Area = City.Area, Number = new Sealed<string>("box"), Call = call, RingsBack = true, MissedAt = city.Now, NeedsHuman = kind is ContactEventKind.TextArrived, Raise = raise,
    }));

    public ContactResult Rings(string call = "call-1") => Says(ContactEventKind.CallArrived, call);

    public ContactResult HangsUp(string call = "call-1") => Says(ContactEventKind.CallOver, call);

    public ContactResult PressesNine(string id, params ReadOnlySpan<Need> needs) => Says(ContactEventKind.HelpAsked, "call-1", Help(id) with { Needs = [.. needs] });

    public static RaiseAlert Help(string id) => new()
    {
        Id = id, Tenant = City.Tenant, Organisation = "controller", Area = City.Area, Line = City.Line, KeyMac = "key-" + id, BodyMac = "body-" + id, WrappedKey = "wrapped", Channel = IntakeChannel.Call,
    };

    public QueueItem Item(RingReason reason) => city.Queue().Items.Single(i => i.ContactId == Id && i.Reason == reason && i.State is not QueueState.Taken);

    public ClaimResult TakenBy(string who, RingReason reason) => Claimed(line => line.Take(Item(reason).ItemId, who));

    public ClaimResult Claimed(Func<IHotlineGrain, Task<ClaimResult>> claim)
    {
        var result = city.Host(() => claim(city.Grains.GetGrain<IHotlineGrain>(City.Line)));
        city.Host(Grain.Wake);
        return result;
    }
}

/// <summary>Rings nobody, and says whom it would have rung and when.</summary>
internal sealed class RingsBack : ICallsBack
{
    public List<(string Contact, int Try)> Rung { get; } = [];

    public DeliveryResult Answer { get; set; } = new DeliveryResult.Sent();

    public Task<DeliveryResult> Ring(Contact contact, CancellationToken deadline)
    {
        Rung.Add((contact.Id, contact.CallBack!.Tries));
        return Task.FromResult(Answer);
    }
}
