using Dispatch.Domain.Alerts;
using Dispatch.Domain.Survivors;

namespace Dispatch.Domain.Contacts;

/// <summary>What an alert knows of the phone of whoever it is about. A number asks those that it is or was tied to before anything goes to it.</summary>
/// <param name="AlertId">Which alert says so.</param>
/// <param name="SilencedAt">Somebody else holds it: the line said so, or a cancel that may have been forced.</param>
/// <param name="Reach">How she wants to be reached about it.</param>
/// <param name="IfDropped">What she wants when the line drops while she talks.</param>
public sealed record HerPhone(string AlertId, DateTimeOffset? SilencedAt, Reach Reach = Reach.Unknown, IfDropped? IfDropped = null)
{
    /// <summary>When she last said so.</summary>
    public DateTimeOffset SaidAt { get; init; }

    public static HerPhone Of(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var silenced = alert.DuressAt is null || alert.PhoneUnsafeAt > alert.DuressAt ? alert.PhoneUnsafeAt : alert.DuressAt;
        return new HerPhone(alert.Id, silenced, alert.Reach, alert.IfDropped) { SaidAt = alert.ReachAt ?? alert.RaisedAt };
    }

    /// <summary>Only a human who marked the number itself afterwards stands against it: then the phone is hers again. That it was taken down beside an alert says nothing of who holds it.</summary>
    internal bool Silences(ContactMark? mark) => SilencedAt is { } at && !(mark?.HersSince > at);

    internal bool ForbidsRinging(Contact contact) =>
        Silences(contact.Mark) || (Speaks(contact) && (Reach is Reach.None or Reach.Sms || IfDropped is Survivors.IfDropped.NeverRing or Survivors.IfDropped.Text));

    internal bool ForbidsTexts(Contact contact) => Silences(contact.Mark) || (Speaks(contact) && Reach is Reach.None);

    /// <summary>What she wants is said of what she asked for last; where the phone was silenced, of another one; and what a human wrote down of the number later is newer.</summary>
    private bool Speaks(Contact contact) => SilencedAt is null && contact.Tie?.AlertId == AlertId && !(contact.Mark is { By: not Consent.Survivor } mark && mark.At > SaidAt);
}
