namespace Dispatch.Benchmarks.Clients;

/// <summary>One client that holds beds and gives them back, of whatever keeps them. Both are on the disk when they return.</summary>
internal interface IBedClient : IAsyncDisposable
{
    /// <param name="no">The client's own number for it, never used again.</param>
    /// <returns>False when no bed is free there.</returns>
    Task<bool> Hold(int house, int no);

    Task Release(int house, int no);
}
