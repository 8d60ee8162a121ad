using System.Text.Json;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Shelters;
using Xunit.Abstractions;
using static Dispatch.Domain.Tests.Given;
using static Dispatch.Domain.Tests.Shelters.GivenHouse;

namespace Dispatch.Domain.Tests.Shelters;

/// <summary>No actor's row grows with traffic: 64 KB (design §3).</summary>
public sealed class LedgerSizeTests(ITestOutputHelper output)
{
    private const string AlertId = "0191e7a2-7b1c-7000-8000-000000000000";

    [Fact]
    public void A_ledger_at_all_its_bounds_fits_its_row()
    {
        var ledger = House(beds: 400, cots: 400, accessible: 400);
        for (var no = 0; no < BedLedger.MaxHolds + BedLedger.MaxGone; no++)
        {
            var (id, at) = (new HoldId(AlertId, no, "demo-shelter-1").ToString(), At(0.123 + no));
            ledger = Holding.Hold(ledger, Any, new HoldBeds(id, at, new Guests(1, [new Child(1), new Child(9)], Wheelchair: true, Nights: 14)), at).Now();
            ledger = Booking.Confirm(ledger, TravelHours.Always, new AnswerHold(id, true, AlertId[..22], at), at).Now();
            // A hundred and twenty letters of which each takes six bytes, sealed.
            if (no >= BedLedger.MaxHolds + BedLedger.MaxGone - BedLedger.MaxMeetings) ledger = Booking.Meet(ledger, id, Box<Place>(new string('x', 1100)), AlertId[..22], at).Now();
            if (no < BedLedger.MaxGone) ledger = Holding.Release(ledger, new ReleaseBeds(id, at, AlertId[..22]), at).Now();
        }

        Assert.Equal((BedLedger.MaxHolds, BedLedger.MaxGone), (ledger.Holds.Length, ledger.Gone.Length));
        // A decision may add as many lines to a full trail as there are holds that can run out at once.
        ledger = ledger with { Trail = [.. ledger.Trail.Take(BedLedger.MaxTrail)] };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(ledger, DispatchJson.Options).Length;
        output.WriteLine($"{bytes} bytes");
        Assert.InRange(bytes, 30_000, 64 * 1024);
    }

    [Fact]
    public void When_everything_held_runs_out_at_once_the_row_still_holds_it()
    {
        var ledger = Enumerable.Range(0, BedLedger.MaxHolds).Aggregate(House(beds: 400), (l, no) => Holding.Hold(l, Any, new HoldBeds(new HoldId(AlertId, no, "demo-shelter-1").ToString(), At(0.123), Alone), At(0.123)).Now());
        ledger = Expiring.At(ledger with { Trail = [.. ledger.Trail.Take(BedLedger.MaxTrail)] }, At(7200));

        Assert.Equal((0, BedLedger.MaxGone, BedLedger.MaxTrail + BedLedger.MaxHolds), (ledger.Holds.Length, ledger.Gone.Length, ledger.Trail.Length));
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(ledger, DispatchJson.Options).Length, 10_000, 64 * 1024);
    }
}
