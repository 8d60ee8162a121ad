namespace Dispatch.LocalEngine;

/// <summary>Which grain: its class and its key.</summary>
internal readonly record struct GrainId(GrainClass Class, string Key)
{
    /// <summary>The partition under which its state and reminders are stored; the class's name contains no slash.</summary>
    public override string ToString() => $"{Class.Name}/{Key}";
}
