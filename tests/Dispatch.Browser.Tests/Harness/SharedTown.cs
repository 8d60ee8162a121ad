namespace Dispatch.Browser.Tests.Harness;

/// <summary>One town for all tests of a class, where none of them minds what the others left.</summary>
public sealed class SharedTown(ChromiumFixture chromium) : IAsyncLifetime
{
    public Town Town { get; private set; } = null!;

    public async Task InitializeAsync() => Town = await Town.Open(chromium);

    public async Task DisposeAsync() => await Town.DisposeAsync();
}
