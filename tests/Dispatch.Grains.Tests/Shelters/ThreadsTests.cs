using Dispatch.Domain.Shelters;
using Dispatch.Grains.Hosting;
using Dispatch.Grains.Shelters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Dispatch.Grains.Tests.Shelters;

/// <summary>The last bed on real threads and a real file, as a host runs it.</summary>
public sealed class ThreadsTests
{
    [Fact]
    public async Task Of_a_thousand_threads_that_ask_for_the_last_bed_one_has_it()
    {
        var folder = Directory.CreateTempSubdirectory("beds-");
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Configuration["Storage:Path"] = folder.FullName;
            builder.AddDispatchEngine();
            using var host = builder.Build();
            await host.StartAsync();
            var house = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IShelterGrain>("house-1");
            await house.Configure(House.Setup);
            await house.ConfirmCounts(new ConfirmCounts(0, [new BedFigures(BedKind.Bed, 1, 0, 0)], "staff"));
            var asked = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();

            var results = await Task.WhenAll(Enumerable.Range(1, 1000).Select(no => Task.Run(() => house.Hold(new HoldBeds($"alert-1.{no}.house-1", asked, new Guests(1))))));

            Assert.Single(results, r => r.Refused is null);
            Assert.Equal(999, results.Count(r => r.Refused is BedRefusal.NoBed));
            Assert.Equal(1, (await house.Board()).Lines.Single().Held);
            await host.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
