using Dispatch.TableStorage;

namespace Dispatch.Azure;

public static class AzureAccounts
{
    /// <summary>All that a move writes may be written twice, so that what got no answer is repeated.</summary>
    private const int Retries = 5;

    /// <summary>Nobody waits for an alert here, and a full transaction takes its time on a slow line.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    /// <summary>An account for a move of all its records.</summary>
    public static ITableAccount Open(AzureTablesSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new AzureTableStore(AzureClients.Of(settings, Retries, AnswerWithin));
    }
}
