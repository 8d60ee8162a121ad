using System.Globalization;
using Dispatch.Grains.Rows;
using Dispatch.Web.Hosting;
using Dispatch.Web.Tenancy;

namespace Dispatch.Web.Audit;

internal sealed class AuditRows(IRows rows, Tenant tenant, TimeProvider clock, IIds ids) : IAudit
{
    public Task Write(string by, string action, string? alert, string? subject, string? detail)
    {
        var now = clock.GetUtcNow();
        var day = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var key = now.ToString("HHmmss.fffffff", CultureInfo.InvariantCulture) + "-" + Convert.ToHexStringLower(ids.NewBytes(6));
        return rows.Write([new RowChange(Tables.Audit, $"{tenant.Id}/{day}", key, new AuditRow(now, by, action, alert, subject, detail))]);
    }
}
