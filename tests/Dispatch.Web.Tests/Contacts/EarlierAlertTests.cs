using System.Reflection;
using Dispatch.Grains.Alerts;
using Dispatch.Grains.Contacts;
using Dispatch.Web.Contacts;
using Dispatch.Web.Tests.Gateways;
using Dispatch.Web.Tests.Gateways.Texts;
using Dispatch.Web.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Dispatch.Web.Tests.Contacts;

/// <summary>An alert of her number that does not answer keeps neither her text nor a call-taker waiting.</summary>
public sealed class EarlierAlertTests(EarlierAlertTests.Host host) : IClassFixture<EarlierAlertTests.Host>, IDisposable
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_she_writes_meanwhile_is_kept_and_a_human_reads_takes_and_closes_it(bool hangs)
    {
        var line = await Line.Of(host);
        var number = hangs ? "+22376000041" : "+22376000042";
        (await host.KannelBrings(number, "docteur svp")).Is(204);
        var alert = await line.AlertOf(number);
        (host.Silent.Alert, host.Silent.Hangs) = (alert.Id, hangs);

        (await host.KannelBrings(number, "un lit pour la nuit")).Is(204);
        Assert.Contains("un lit pour la nuit", await line.Texts(number));
        var item = (await line.Items("textWaiting")).Single(i => i.GetProperty("contactId").GetString() == line.IdOf(number)).GetProperty("itemId").GetString();
        (await line.Taker.Post($"/api/v1/hotline/items/{item}/take")).Is(200);
        (await line.Taker.Post($"/api/v1/hotline/items/{item}/close", new { outcome = "resolved" })).Is(200);

        host.Silent.Alert = null;
        await Eventually.Get(() => line.Alert(alert.Id), a => a.Notes.Length == 2);
    }

    [Fact]
    public async Task One_that_hangs_is_waited_for_two_seconds()
    {
        (host.Silent.Alert, host.Silent.Hangs) = ("a", true);
        var earlier = host.App.Services.GetRequiredService<EarlierAlerts>();
        var asked = earlier.Ask("a");
        Assert.NotSame(asked, await Task.WhenAny(asked, Task.Delay(500)));
        Assert.False((await asked.WaitAsync(TimeSpan.FromSeconds(5))).Answers);
        Assert.True((await earlier.Ask("another")).Answers);
    }

    public void Dispose() => host.Silent.Alert = null;

    /// <summary>The host as it is, but for one alert that says nothing to what asks it from outside.</summary>
    public sealed class Host : TextingHost
    {
        internal Silence Silent { get; } = new();

        protected override void Configure(WebApplicationBuilder builder)
        {
            base.Configure(builder);
            builder.Host.UseServiceProviderFactory(new Last(Silent));
        }

        /// <summary>What is registered last is taken.</summary>
        private sealed class Last(Silence silent) : IServiceProviderFactory<IServiceCollection>
        {
            public IServiceCollection CreateBuilder(IServiceCollection services) => services
                .AddSingleton(host => ActivatorUtilities.CreateInstance<EarlierAlerts>(host, silent.Over(host.GetRequiredService<IGrainFactory>())))
                .AddSingleton(host => ActivatorUtilities.CreateInstance<HerPhones>(host, silent.Over(host.GetRequiredService<IGrainFactory>())));

            public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) => containerBuilder.BuildServiceProvider();
        }
    }

    internal sealed class Silence
    {
        public volatile string? Alert;
        public volatile bool Hangs;

        public IGrainFactory Over(IGrainFactory real)
        {
            var over = DispatchProxy.Create<IGrainFactory, Factory>();
            (((Factory)(object)over).Real, ((Factory)(object)over).Silence) = (real, this);
            return over;
        }

        public class Factory : DispatchProxy
        {
            internal IGrainFactory Real { get; set; } = null!;
            internal Silence Silence { get; set; } = null!;

            protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
            {
                var grain = targetMethod!.Invoke(Real, args);
                if (grain is not IAlertGrain alert || args![0] as string != Silence.Alert) return grain;
                var silent = DispatchProxy.Create<IAlertGrain, Grain>();
                ((Grain)(object)silent).Silence = Silence;
                return silent;
            }
        }

        public class Grain : DispatchProxy
        {
            internal Silence Silence { get; set; } = null!;

            protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
            {
                if (!Silence.Hangs) throw new TimeoutException("The alert does not answer.");
                var result = targetMethod!.ReturnType.GetGenericArguments()[0];
                var never = Activator.CreateInstance(typeof(TaskCompletionSource<>).MakeGenericType(result))!;
                return never.GetType().GetProperty("Task")!.GetValue(never);
            }
        }
    }
}
