using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Numbers;
using Dispatch.Grains.Contacts;
using Dispatch.Web.Sealing;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Contacts;

/// <summary>Who rang or wrote, as the network says.</summary>
/// <param name="Provider">The gateway that brought it.</param>
/// <param name="Raw">Null where the network withheld it.</param>
/// <param name="CallId">The gateway's own, for a call.</param>
internal sealed record InboundNumber(string Line, string Provider, string? Raw, string? CallId = null)
{
    /// <summary>Of a withheld number: not this call, but what is counted of all of them on the line.</summary>
    public bool Together { get; init; }
}

/// <summary>Turns what came in by telephone into a sealed event of its contact. Whatever is needed to recognise it again is a keyed fingerprint.</summary>
internal sealed class ContactDesk(IGrainFactory grains, LinesSettings lines, Tenant tenant, Vault vault, Macs macs)
{
    private const int LongestNumber = 32;

    /// <summary>The same phone is the same contact, however a network writes its number. Who withholds it is one for each call.</summary>
    public string IdOf(InboundNumber from) => ContactId.Of(macs.Contact(tenant.Id, from.Line, Written(from) ?? (from.Together ? "withheld" : $"call:{from.Provider}:{from.CallId}")));

    /// <summary>Nobody can tell whose it is, nor ring it.</summary>
    public static bool IsWithheld(InboundNumber from) => Written(from) is null;

    /// <summary>As <see cref="ReceiveContact.Call"/>.</summary>
    public string CallOf(InboundNumber from) => macs.Text($"contactCall\0{from.Provider}\0{from.CallId}");

    /// <param name="from">Who it was.</param>
    /// <param name="eventId">The gateway's own, the same in each repeat.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="change">What else is known of it.</param>
    public Task<ContactResult> Receive(InboundNumber from, string eventId, ContactEventKind kind, Func<ReceiveContact, ReceiveContact>? change = null)
    {
        var id = IdOf(from);
        return Receive(id, from.Line, from.Provider, eventId, kind, command =>
        {
            command = command with
            {
                Number = Written(from) is { } number ? vault.ContactKey(id).Seal(SealedFields.ContactNumber, number) : null,
                Call = from.CallId is null ? null : CallOf(from),
            };
            return change?.Invoke(command) ?? command;
        });
    }

    /// <summary>As above, of a contact that is known by its id alone.</summary>
    public Task<ContactResult> Receive(string id, string line, string provider, string eventId, ContactEventKind kind, Func<ReceiveContact, ReceiveContact> change) =>
        grains.GetGrain<IContactGrain>(id).Receive(change(new ReceiveContact
        {
            EventId = macs.Text($"contactEvent\0{provider}\0{eventId}"),
            Kind = kind,
            Tenant = tenant.Id,
            Line = line,
            Area = tenant.AreaOfLine(line).Id,
            UtcOffsetMinutes = (int)tenant.LocalOffset.TotalMinutes,
            CallBackWithin = lines.Of(line).CallBackWithin,
        }));

    /// <summary>Help was asked for: channel and time, and what else she said. The same event makes the same alert.</summary>
    public RaiseAlert NewRaise(string contactId, string eventId, string line, IntakeChannel channel, string? language = null, Func<RaiseAlert, DataKey, RaiseAlert>? change = null)
    {
        var id = macs.Text($"contactRaise\0{contactId}\0{eventId}");
        var (key, wrapped) = vault.NewAlertKey(id);
        var raise = new RaiseAlert
        {
            Id = id,
            Tenant = tenant.Id,
            Organisation = tenant.Controller,
            Area = tenant.AreaOfLine(line).Id,
            Line = line,
            KeyMac = macs.Text($"contactRaiseKey\0{id}"),
            BodyMac = macs.Text($"contactRaiseBody\0{id}"),
            WrappedKey = wrapped,
            Language = language ?? "fr",
            Channel = channel,
        };
        return change?.Invoke(raise, key) ?? raise;
    }

    /// <summary>The number, opened; null where the network withheld it.</summary>
    public string? NumberOf(Contact contact) => contact.Number is { } number ? vault.ContactKey(contact.Id).Open(SealedFields.ContactNumber, number) : null;

    public string TextOf(Contact contact, ContactText text) => vault.ContactKey(contact.Id).Open(SealedFields.ContactText, text.Text);

    /// <summary>A number of no country served, or a short code, is known by its digits.</summary>
    private static string? Written(InboundNumber from)
    {
        if (PhoneNumber.TryParse(from.Raw, out var number)) return number.E164;
        var digits = string.Concat((from.Raw ?? "").Take(LongestNumber).Where(char.IsAsciiDigit));
        return digits.Length >= 3 ? digits : null;
    }
}
