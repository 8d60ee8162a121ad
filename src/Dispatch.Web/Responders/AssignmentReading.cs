using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Survivors;
using Dispatch.Web.Audit;
using Dispatch.Web.Hotline;
using Dispatch.Web.Sealing;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Dispatch.Web.Tenancy;
using Orleans;

namespace Dispatch.Web.Responders;

/// <summary>Opens what the alert gave out, after the look has been recorded.</summary>
internal sealed class AssignmentReading(IGrainFactory grains, Vault vault, MeetingPlaces places, Tenant tenant, IAudit audit, TimeProvider clock)
{
    public async Task<AssignmentBody> Read(AssignmentSlice slice, string responder)
    {
        var offer = slice.Offer;
        var assignment = offer.Assignment!;
        var body = new AssignmentBody
        {
            OfferId = new OfferId(slice.AlertId, offer.No).ToString(),
            AlertId = slice.AlertId,
            Need = offer.Need,
            Mode = assignment.Mode,
            EtaMinutes = assignment.EtaMinutes,
            EtaAt = assignment.EtaAt,
            AcceptedAt = assignment.AcceptedAt,
            State = assignment.State,
            ProgressDueAt = offer.ProgressDueAt,
            CheckInDueAt = offer.CheckInDueAt,
            PanicAt = assignment.PanicAt,
            Version = slice.Version,
            Exercise = slice.Exercise,
            PhoneUnsafe = slice.PhoneUnsafe,
            GuardiansMustNotBeTold = slice.GuardiansMustNotBeTold,
            Area = assignment.Active && slice.Area is { } area ? new AreaBody(area, tenant.AreaName(area)) : null,
            Provisional = assignment.Active && assignment.Provisional,
            Departs = assignment.Active ? offer.Way?.Waits(clock.GetUtcNow()) : null,
        };
        return slice.Open ? await Opened(body, slice, responder) : body;
    }

    private async Task<AssignmentBody> Opened(AssignmentBody body, AssignmentSlice slice, string responder)
    {
        await audit.Write(responder, "assignment.read", slice.AlertId, body.OfferId);
        var key = vault.AlertKey(slice.AlertId, slice.WrappedKey!);
        var contact = slice.ContactGiven ? await grains.GetGrain<ISurvivorSessionGrain>(slice.AlertId).SafeContact() : null;
        return body with
        {
            Bed = slice.Bed,
            Place = slice.Place is { } place ? Fields.Body(key.Open(Fields.PlaceName, place)) : null,
            LaterPlaces = slice.LaterPlaces.IsEmpty ? null : [.. slice.LaterPlaces.Select(l => new LaterPlaceBody(l.At, l.By, Fields.Body(key.Open(Fields.PlaceName, l.What))))],
            MeetingPoints = slice.Meetings.IsEmpty ? null : [.. slice.Meetings.Select(m => new MetAtBody(m.Need, places.Open(slice.AlertId, slice.WrappedKey!, m)))],
            Party = slice.Party is { } party ? Fields.Body(key.Open(Fields.PartyName, party)) : null,
            Note = slice.Notes.IsEmpty ? null : string.Join('\n', slice.Notes.Select(n => key.Open(Fields.NoteName, n.Text))),
            Contact = contact is null ? null : ContactBody.Of(vault.SessionKey(slice.AlertId).Open(Fields.ContactName, contact), clock.GetUtcNow(), tenant.LocalOffset),
        };
    }
}
