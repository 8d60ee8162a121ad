namespace Dispatch.TableStorage;

/// <summary>The tables of Orleans' providers, by their names in the account.</summary>
public static class OrleansTables
{
    public const string Members = "OrleansSiloInstances";
    public const string States = "OrleansGrainState";
    public const string Reminders = "OrleansReminders";
}
