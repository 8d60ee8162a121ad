using Dispatch.Grains.ServiceAreas;
using Dispatch.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests;

/// <summary>What a restart with other settings takes away, and from whom.</summary>
public sealed class TenancyTests
{
    [Fact]
    public async Task Whoever_left_the_settings_is_out_at_once_and_the_others_are_asked_as_what_they_are_now()
    {
        var host = new RunningHost();
        await host.InitializeAsync();
        try
        {
            var (left, stays) = (await host.OnDuty("nurse0"), await host.OnDuty("nurse1"));
            var stayed = (await stays.Get("/api/v1/me")).Is(200).Text("accountId");
            await host.Stop();
            host.Settings = Programme.Settings(firstNurse: 1, policeInClinic: true);
            await host.Start();

            (await host.Anybody().With(left.Token!).Get("/api/v1/me")).Is(401, "not_signed_in");
            (await host.Anybody().Post("/api/v1/sign-in", new { userName = "nurse0", password = Programme.Password })).Is(401, "bad_credentials");
            (await host.Anybody().With(stays.Token!).Get("/api/v1/me")).Is(200);
            var plan = await host.App.Services.GetRequiredService<IGrainFactory>().GetGrain<IServiceAreaGrain>(Programme.Area).Plan();
            var onDuty = Assert.Single(plan!.OnDuty);
            Assert.Equal(stayed, onDuty.Responder);
            Assert.True(onDuty.Organisation.PolicePresent);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }
}
