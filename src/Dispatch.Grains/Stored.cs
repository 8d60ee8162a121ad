namespace Dispatch.Grains;

/// <summary>What a grain keeps: nothing yet, or one immutable record that is replaced as a whole.</summary>
public sealed class Stored<T>
    where T : class
{
    public T? Value { get; set; }
}
