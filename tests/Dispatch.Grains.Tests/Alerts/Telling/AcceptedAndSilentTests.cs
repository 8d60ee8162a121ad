using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts.Telling;

/// <summary>A yes that nothing follows: others are asked anew and the line rings, by itself and in its time, also when the host died meanwhile.</summary>
public sealed class AcceptedAndSilentTests
{
    /// <param name="eta">What she promised; after a sign of progress the promise counts, with the larger of ten minutes and a quarter.</param>
    [Theory]
    [InlineData(Mode.CallsHer, null, 5)]
    [InlineData(Mode.ReceivesHer, null, 15)]
    [InlineData(Mode.ReceivesHer, 60, 75)]
    public void Others_are_asked_again_and_the_line_rings(Mode mode, int? eta, int minutes)
    {
        using var city = City.Start();
        city.OnDuty("amal");
        city.OnDuty("noor");
        var alert = city.Raise(r => r with { Verification = Verification.InPerson });
        city.Accept("amal", alert, eta, mode);
        var accepted = city.Now;
        if (eta is not null)
        {
            city.Report("amal", alert, Progress.NoConflict);
            city.Report("amal", alert, Progress.EnRoute);
        }

        city.CrashAndRestart();
        city.Clock.AdvanceTo(accepted.AddMinutes(minutes).AddMilliseconds(-1));
        Assert.Empty(city.Offers("noor"));
        city.Advance(0.001);

        Assert.Single(city.Offers("noor"));
        Assert.Contains(city.Queue().Items, i => (i.Reason, i.State) == (RingReason.Silent, QueueState.Ringing));
        Assert.Null(city.Accept("noor", alert).Refused);
        Assert.DoesNotContain(city.Queue().Items, i => i.Reason is RingReason.Silent);
    }
}
