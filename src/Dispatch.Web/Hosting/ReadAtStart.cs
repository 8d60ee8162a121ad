namespace Dispatch.Web.Hosting;

internal static class ReadAtStartServices
{
    /// <summary>Read before the first request: settings that cannot be used refuse the start, and not the first call of the night.</summary>
    public static void AddReadAtStart<T>(this IServiceCollection services)
        where T : class
    {
        services.AddSingleton<T>();
        services.AddHostedService<ReadAtStart<T>>();
    }

    private sealed class ReadAtStart<T>(IServiceProvider services) : IHostedService
        where T : class
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _ = services.GetRequiredService<T>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
