using System.Text.Json;
using Dispatch.Channels.Voice;
using Dispatch.Grains.Rows;
using Dispatch.Web.Gateways;
using Dispatch.Web.Gateways.Voice;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways.Voice;

/// <summary>What is kept of calls, and for how long. By itself: a day later everybody is signed out.</summary>
public sealed class CallSweepTests(CallingHost host) : IClassFixture<CallingHost>
{
    [Fact]
    public async Task No_number_stands_in_a_row_and_old_rows_are_forgotten()
    {
        var nurse = await CalledNurse.OnDuty(host, "nurse2", "+22370800002");
        await nurse.IsRung((await host.Raised()).Id);
        (await host.BridgeSays(nurse.Number, "answered")).Is(200);
        var (rows, reference) = (host.App.Services.GetRequiredService<IRows>(), host.Reference(nurse.Number));
        var (id, me) = (reference[..reference.LastIndexOf('.')], (await nurse.Caller.Get("/api/v1/me")).Is(200).Text("accountId"));
        Assert.DoesNotContain("70800002", JsonSerializer.Serialize(await Record()) + reference, StringComparison.Ordinal);
        Assert.NotNull(await Line());

        await host.App.Services.GetRequiredService<TextSweep>().Sweep();
        Assert.NotNull(await Record());
        host.Clock.Advance(CallBook.KeptFor + CallTimes.OverAfter);
        await host.App.Services.GetRequiredService<TextSweep>().Sweep();
        Assert.Null(await Record());
        Assert.Null(await Line());

        Task<StoredRow<CallRecord>?> Record() => rows.Read<CallRecord>(Tables.Calls, id, "call");
        Task<StoredRow<CallPointer>?> Line() => rows.Read<CallPointer>(Tables.CallPointers, me, "line");
    }
}
