using Dispatch.Grains.Rows;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Web.Tests.Gateways.Voice.Incoming;

/// <summary>The same line on a store that fails while a test says so.</summary>
public sealed class TroubledLineHost : LineHost
{
    private readonly Trouble _trouble = new();

    public bool StoreFails
    {
        get => _trouble.On;
        set => _trouble.On = value;
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Host.UseServiceProviderFactory(new OverRows(_trouble));
    }

    private sealed class Trouble
    {
        public volatile bool On;
    }

    /// <summary>Puts it over whatever the host registered for its rows.</summary>
    private sealed class OverRows(Trouble trouble) : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services)
        {
            var real = services.Last(s => s.ServiceType == typeof(IRows));
            services.AddSingleton<IRows>(host => new Rows((IRows)(real.ImplementationFactory?.Invoke(host) ?? ActivatorUtilities.CreateInstance(host, real.ImplementationType!)), trouble));
            return services;
        }

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) => containerBuilder.BuildServiceProvider();
    }

    private sealed class Rows(IRows real, Trouble trouble) : IRows
    {
        public Task<StoredRow<T>?> Read<T>(string table, string partition, string key)
            where T : class => Real().Read<T>(table, partition, key);

        public Task<IReadOnlyList<StoredRow<T>>> List<T>(string table, string partition, string? afterKey, int limit)
            where T : class => Real().List<T>(table, partition, afterKey, limit);

        public Task<IReadOnlyList<StoredRow<T>>> ListDue<T>(string table, DateTimeOffset until, int limit, StoredRow<T>? after = null)
            where T : class => Real().ListDue(table, until, limit, after);

        public Task<IReadOnlyList<bool>> Write(IReadOnlyList<RowChange> changes) => Real().Write(changes);

        private IRows Real() => trouble.On ? throw new InvalidOperationException("The store does not answer.") : real;
    }
}
