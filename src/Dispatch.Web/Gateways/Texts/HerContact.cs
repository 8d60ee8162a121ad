using Dispatch.Domain.Alerts;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Survivors;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Contacts;
using Dispatch.Web.Sealing;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Gateways.Texts;

/// <summary>How she may be reached, as the alert of a number needs it: what a human marked, or what she chose in the menu herself. Without either nobody is given her number by machine.</summary>
internal sealed class HerContact(IGrainFactory grains, EarlierAlerts earlier, Vault vault, Tenant tenant, ILogger<HerContact> log)
{
    /// <summary>What is marked of this number; null where nothing is, and where what is known is from long ago or from hearsay: then a human asks how she is reached.</summary>
    public static SafeContact? Marked(Contact? contact, string? number) => contact?.Mark switch
    {
        null or { Kept: true, Unsafe: false } or { Unsafe: true, Hearsay: true } => null,
        { Unsafe: false, MayCall: true } mark => new SafeContact(ContactChannel.Call, number, mark.From, mark.Until),
        { Unsafe: false, MayText: true } mark => new SafeContact(ContactChannel.Sms, number, mark.From, mark.Until),
        _ => new SafeContact(ContactChannel.None),
    };

    /// <summary>
    /// What she chose by the keys of the phone that it is about, as far as the mark of the number lets: whoever holds the phone may want less than was marked, and never more. Null where the
    /// two have nothing in common, and a human asks.
    /// </summary>
    public static SafeContact? Chosen(Reach chosen, Contact? contact, string? number) => (chosen, OfToday(contact?.Mark)) switch
    {
        (Reach.None, _) or (_, { Unsafe: true, Hearsay: false } or { Unsafe: false, Kept: false, MayCall: false, MayText: false }) => new SafeContact(ContactChannel.None),
        (Reach.Unknown, _) => Marked(contact, number),
        (_, { Unsafe: true }) => null,
        _ when number is null => null,
        (Reach.Call, null) or (Reach.Sms, null) => new SafeContact(chosen is Reach.Call ? ContactChannel.Call : ContactChannel.Sms, number),
        (Reach.Call, { MayCall: true } mark) => new SafeContact(ContactChannel.Call, number, mark.From, mark.Until),
        (Reach.Sms, { MayText: true } mark) => new SafeContact(ContactChannel.Sms, number, mark.From, mark.Until),
        _ => null,
    };

    /// <summary>How she wanted to be reached about an alert of long ago says nothing of what she asks for now; it only keeps the machine from ringing by itself.</summary>
    private static ContactMark? OfToday(ContactMark? mark) => mark is { Kept: true, Unsafe: false, By: Heeding.ByAlert } ? null : mark;

    public static Reach ReachOf(SafeContact? said) => said?.Channel switch
    {
        null => Reach.Unknown,
        ContactChannel.Call => Reach.Call,
        ContactChannel.Sms => Reach.Sms,
        ContactChannel.None => Reach.None,
        var channel => throw new System.Diagnostics.UnreachableException($"channel {channel}"),
    };

    /// <summary>The alert that what comes from this number now is taken as part of. Where it does not answer, the contact still knows it, and a human looks.</summary>
    public async Task<EarlierAlert> OpenAlert(Contact? known, DateTimeOffset now) =>
        known?.Tie is { } tie && Tying.IsAboutSame(known, now) ? await earlier.Ask(tie.AlertId) : EarlierAlert.None;

    /// <summary>Before the alert is there, and before it says that she may be reached: nobody but this host can know its id. A repeat changes nothing.</summary>
    /// <param name="alert">To be raised.</param>
    /// <param name="said">Null: she said nothing of it.</param>
    /// <param name="language">Hers.</param>
    /// <param name="open">The alert that may take it instead; what she said there first stays.</param>
    public async Task Open(string alert, SafeContact? said, string? language, Alert? open = null)
    {
        if (said is null) return;
        await grains.GetGrain<ISurvivorSessionGrain>(alert).Open(new SurvivorSession { Tenant = tenant.Id, Language = language ?? "fr", SafeContact = vault.SessionKey(alert).Seal(Fields.ContactName, said) });
        if (open is not { Reach: Reach.Unknown }) return;
        try
        {
            var kept = await grains.GetGrain<ISurvivorSessionGrain>(open.Id).Add(new SessionAddition(tenant.Id, vault.SessionKey(open.Id).Seal(Fields.ContactName, said), null, null), authorised: false);
            // Said in the alert only where the number is there too.
            if (kept is null) await grains.GetGrain<IAlertGrain>(open.Id).Add(new AddToAlert { Reach = ReachOf(said), By = Consent.Survivor });
        }
#pragma warning disable CA1031 // What she wrote is kept whatever an earlier alert does; where it does not know how she is reached, a human asks.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log.LogWarning("How she may be reached could not be said in an earlier alert: {Failure}", failure.GetType().Name);
        }
    }
}
