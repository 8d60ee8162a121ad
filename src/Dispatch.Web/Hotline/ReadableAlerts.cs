using Dispatch.Domain.Alerts;
using Dispatch.Grains.Alerts;
using Dispatch.Web.Staff;
using Dispatch.Web.Survivors;
using Orleans;

namespace Dispatch.Web.Hotline;

internal static class ReadableAlerts
{
    /// <summary>Null where there is no such alert or it is not this person's to read: she learns nothing of which it is.</summary>
    public static async Task<HotlineView?> Readable(this IGrainFactory grains, string id, StaffMember staff) =>
        RaiseChecks.IsId(id) && await grains.GetGrain<IAlertGrain>(id).HotlineView() is { } view && staff.MayRead(view.Alert) ? view : null;
}
