using Azure.Data.Tables;
using Azure.Identity;
using Dispatch.TableStorage;

namespace Dispatch.Azure;

internal static class AzureClients
{
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromMilliseconds(200);

    /// <param name="retries">None for the rows: a write that was carried out and is sent again would refuse itself, and its caller would be told the contrary of the truth.</param>
    /// <param name="answerWithin">One request.</param>
    public static TableServiceClient Of(AzureTablesSettings settings, int retries, TimeSpan answerWithin)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = RepeatAfter;
        options.Retry.MaxDelay = answerWithin;
        options.Retry.NetworkTimeout = answerWithin;
        // Its log lines hold the keys of what is asked for.
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        return settings.ConnectionString is { } emulator ? new(emulator, options) : new(settings.ServiceUri!, new DefaultAzureCredential(), options);
    }
}
