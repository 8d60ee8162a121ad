using System.Globalization;
using Dispatch.Channels.Voice;
using Dispatch.Domain;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Contacts;
using Dispatch.Grains.Hotline;
using Dispatch.Web.Audit;
using Dispatch.Web.Gateways.Texts;
using Dispatch.Web.Hosting;
using Dispatch.Web.Hotline;
using Dispatch.Web.Limits;
using Dispatch.Web.Problems;
using Dispatch.Web.Staff;
using Orleans;

namespace Dispatch.Web.Contacts;

/// <summary>What a call-taker sees of a number that rang or wrote, and what she decides about it.</summary>
internal static class ContactEndpoints
{
    public static void AddContacts(this WebApplicationBuilder builder)
    {
        builder.Services.AddReadAtStart<LinesSettings>();
        builder.Services.AddSingleton<ILineWaits>(host => host.GetRequiredService<LinesSettings>());
        builder.Services.AddSingleton<ContactDesk>();
        builder.Services.AddSingleton<HerPhones>();
        builder.Services.AddSingleton<NumberMarks>();
        builder.Services.AddSingleton<EarlierAlerts>();
        builder.Services.AddSingleton<ContactItems>();
        builder.Services.AddSingleton<ContactReading>();
        builder.Services.AddSingleton<NamedNumbers>();
        builder.Services.AddSingleton<ICarriesWords, CarriedWords>();
        builder.Services.AddSingleton<FigureRows>();
        builder.Services.AddSingleton<FigureSweep>();
        builder.Services.AddHostedService(host => host.GetRequiredService<FigureSweep>());
        builder.Services.AddSingleton<ContactSweep>();
        builder.Services.AddHostedService(host => host.GetRequiredService<ContactSweep>());
    }

    public static void MapContacts(this IEndpointRouteBuilder routes)
    {
        var contacts = routes.MapGroup("/api/v1/hotline/contacts/{contactId}").RequireAuthorization(Policies.Hotline).RequireRateLimiting(RateLimits.Staff).WithTags("Hotline")
            .Refuses(Code.NotSignedIn, Code.NotAllowed, Code.NotFound, Code.TooManyRequests, Code.Unavailable);
        contacts.MapGet("", Read).Produces<LineContactBody>();
        contacts.MapPut("/mark", Mark).Produces<LineContactBody>().Refuses(Code.InvalidBody, Code.GuardMissing);
        contacts.MapPost("/call-back", CallBack).Produces<LineContactBody>()
            .WithDescription("Rings the number through the line's neutral one, for whoever has one of its items. Nothing is said until she gives a sign; then she is put through to the caller.")
            .Refuses(Code.GuardMissing, Code.NotConfigured, Code.Of(Refusal.NotYours), Code.Of(Refusal.NotAllowedHere));
        contacts.MapPost("/tie", Tie).Produces<LineContactBody>().Refuses(Code.InvalidBody, Code.GuardMissing);
        contacts.MapPost("/untie", Untie).Produces<LineContactBody>()
            .WithDescription("What rang or wrote is not about that alert. With `separate` it becomes an alert of its own.")
            .Refuses(Code.InvalidBody, Code.GuardMissing);
        routes.MapFigures();
    }

    private static async Task<IResult> Read(string contactId, HttpContext http, ContactItems items, ContactReading reading, IAudit audit)
    {
        if (await items.Readable(contactId, http.Staff()) is not { } contact) return Problem.Of(Code.NotFound);
        await audit.Write(http.Staff().Account, "contact.read", contact.Id);
        return Results.Ok(await reading.Read(contact, http.Staff()));
    }

    private static async Task<IResult> Mark(string contactId, MarkBody body, HttpContext http, IGrainFactory grains, ContactItems items, ContactReading reading, IAudit audit, TimeProvider clock)
    {
        var staff = http.Staff();
        if (await items.Readable(contactId, staff) is not { } contact) return Problem.Of(Code.NotFound);
        if (!Marking.IsTime(body.From) || !Marking.IsTime(body.Until)) return Problem.Of(Code.InvalidBody, Marking.IsTime(body.From) ? "until" : "from");
        await audit.Write(staff.Account, "contact.mark", contactId);
        var mark = new ContactMark(body.MayCall, body.MayText, body.From, body.Until, staff.Account, clock.GetUtcNow()) { Unsafe = body.Unsafe, IfDropped = body.IfDropped ?? contact.Mark?.IfDropped };
        return await Answer(await grains.GetGrain<IContactGrain>(contactId).Mark(mark), reading, staff);
    }

    /// <summary>A human decides, also where an earlier alert cannot say whether the phone is still hers: she is told so first, and rings all the same by asking for it again.</summary>
    private static async Task<IResult> CallBack(string contactId, bool? anyway, HttpContext http, IGrainFactory grains, ContactItems items, ContactReading reading, HerPhones phones, VoiceGateways gateways, IAudit audit)
    {
        var staff = http.Staff();
        if (await items.Readable(contactId, staff) is not { } contact) return Problem.Of(Code.NotFound);
        if (!gateways.Any) return Problem.Of(Code.NotConfigured);
        var number = await phones.Ask(contact);
        if (number.Contact is { Mark.Unsafe: true }) return Problem.Of(Refusal.NotAllowedHere);
        if (!number.IsKnown && anyway is not true) return Problem.Of(Code.Unavailable);
        await audit.Write(staff.Account, "contact.callBack", contactId, number.IsKnown ? null : "anyway");
        var grain = grains.GetGrain<IContactGrain>(contactId);
        var result = await grain.CallBack(staff.Account);
        // Taken a moment ago, and the number has not asked the line since.
        if (result.Refused is Refusal.NotYours && await grain.Wake()) result = await grain.CallBack(staff.Account);
        return await Answer(result, reading, staff);
    }

    private static async Task<IResult> Tie(string contactId, TieAlertBody body, HttpContext http, IGrainFactory grains, ContactItems items, ContactReading reading, IAudit audit)
    {
        var staff = http.Staff();
        if (await items.Readable(contactId, staff) is not { } contact || await grains.Readable(body.AlertId, staff) is not { } view || view.Alert.Line != contact.Line) return Problem.Of(Code.NotFound);
        // What comes from a number is real: it must not be buried in an exercise.
        if (view.Alert.Exercise) return Problem.Of(Refusal.NotAllowedHere);
        await audit.Write(staff.Account, "contact.tie", body.AlertId, contactId);
        return await Answer(await grains.GetGrain<IContactGrain>(contactId).Tie(body.AlertId, carry: true, staff.Account), reading, staff);
    }

    private static async Task<IResult> Untie(string contactId, UntieBody body, HttpContext http, IGrainFactory grains, ContactItems items, ContactDesk desk, HerContact hers, HerPhones phones, ContactReading reading, IAudit audit)
    {
        var staff = http.Staff();
        if (await items.Readable(contactId, staff) is not { } contact) return Problem.Of(Code.NotFound);
        await audit.Write(staff.Account, "contact.untie", body.AlertId, contactId);
        var raise = body.Separate && contact.Tie is { } tie && tie.AlertId == body.AlertId ? await Parted(contact, tie, desk, hers, phones) : null;
        var result = await grains.GetGrain<IContactGrain>(contactId).Untie(body.AlertId, raise, staff.Account);
        // In the history of the alert too: what it was joined by stands there.
        if (result is { Refused: null, First: true }) await grains.GetGrain<IAlertGrain>(body.AlertId).Add(new AddToAlert { Parts = true, By = staff.Account });
        return await Answer(result, reading, staff);
    }

    /// <summary>Named by the tie that it ends: doing it twice raises nothing more, and parting them another day does. What she asked for is put in by the contact, which knows it.</summary>
    private static async Task<RaiseAlert> Parted(Contact contact, AlertTie tie, ContactDesk desk, HerContact hers, HerPhones phones)
    {
        var said = await phones.Ask(contact) is { IsKnown: true } number ? HerContact.Marked(number.Contact, desk.NumberOf(contact)) : null;
        var raise = desk.NewRaise(contact.Id, string.Create(CultureInfo.InvariantCulture, $"untie:{tie.AlertId}:{tie.At.UtcTicks}"), contact.Line, IntakeChannel.Call, contact.Language, (r, _) => r with { Reach = HerContact.ReachOf(said) });
        await hers.Open(raise.Id, said, contact.Language);
        return raise;
    }

    private static async Task<IResult> Answer(ContactResult result, ContactReading reading, StaffMember staff) => result switch
    {
        { Refused: { } why } => Problem.Of(why),
        { Contact: { } contact } => Results.Ok(await reading.Read(contact, staff)),
        _ => Problem.Of(Refusal.NotFound),
    };
}
