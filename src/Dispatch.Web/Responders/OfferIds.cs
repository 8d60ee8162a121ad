using Dispatch.Domain.Alerts;
using Dispatch.Web.Survivors;

namespace Dispatch.Web.Responders;

internal static class OfferIds
{
    /// <summary>Reads an offer's id as it came in. What cannot be an alert's id wakes no actor.</summary>
    public static bool TryRead(string text, out OfferId id) => OfferId.TryParse(text, out id) && RaiseChecks.IsId(id.Alert);
}
