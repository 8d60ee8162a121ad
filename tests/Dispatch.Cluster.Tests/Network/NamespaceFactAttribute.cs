namespace Dispatch.Cluster.Tests.Network;

/// <summary>A test that needs network namespaces. Where the machine allows none it is skipped, with what the machine said as the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NamespaceFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Try);

    public NamespaceFactAttribute() => Skip = Missing.Value is { } why ? $"this machine allows no network namespaces: {why}" : null;

    private static string? Try()
    {
        var (street, whyNot) = Task.Run(() => Street.Build(houses: 1)).GetAwaiter().GetResult();
        if (street is null) return whyNot;
        Task.Run(async () => await street.DisposeAsync()).GetAwaiter().GetResult();
        return null;
    }
}
