using Dispatch.Domain.Alerts;
using Dispatch.Domain.Hotline;
using Dispatch.TestCity;

namespace Dispatch.Grains.Tests.Alerts;

/// <summary>The same promises under any order in which the actors' turns may run.</summary>
public sealed class ShuffledTests
{
    [Fact]
    public void In_any_order_of_turns_a_need_is_filled_once_and_silence_rings_in_time()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            using var city = City.Start(new CityOptions { Seed = seed });
            for (var i = 1; i <= 5; i++) city.OnDuty($"p{i}");
            var random = new Random(seed);
            var silent = city.Raise();
            var raised = city.Now;
            var busy = city.Raise();

            string[] asked = [.. city.State(busy).Offers.Take(2).Select(o => o.Responder)];

            city.Host(() => Task.WhenAll(
                city.Alert(busy).Accept(new(0, asked[0], null, 5)),
                city.Alert(busy).Accept(new(1, asked[1], null, 5)),
                city.Alert(busy).Decline(new(0, asked[0], DeclineReason.Busy)),
                city.Alert(silent).Wake(),
                city.Alert(silent).Wake()));
            if (random.Next(2) == 0) city.CrashAndRestart(TimeSpan.FromMilliseconds(random.Next(1, 40_000)));
            city.Clock.AdvanceTo(raised.AddSeconds(60));

            var state = city.State(busy);
            Assert.True(state.Offers.Count(o => o.State is OfferState.Accepted) == 1, $"seed {seed}");
            Assert.True(city.Queue().Items.Single(i => i.AlertId == silent).State is QueueState.Ringing, $"seed {seed}");
        }
    }
}
