using Dispatch.LocalEngine;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Reminders of a grain: durable, at least a minute apart, delivered to <see cref="IRemindable.ReceiveReminder"/>.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Completes when the reminder is durable. The first tick comes after <paramref name="dueTime"/>, the next ones every <paramref name="period"/> from there.</summary>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        var activation = Of(grain);
        RequireName(reminderName);
        if (grain is not IRemindable)
        {
            throw new InvalidOperationException($"Grain {activation.Id} is not IRemindable, so a reminder could not reach it");
        }

        return activation.Reminders.Register(activation.Id, reminderName, dueTime, period);
    }

    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => UnregisterReminder((IGrainBase)grain, reminder);

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
    {
        var activation = Of(grain);
        return activation.Reminders.Unregister(activation.Id, reminder);
    }

    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => GetReminder((IGrainBase)grain, reminderName);

    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
    {
        var activation = Of(grain);
        RequireName(reminderName);
        return activation.Reminders.Get(activation.Id, reminderName);
    }

    private static Activation Of(IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return Activation.Behind(grain.GrainContext, "a reminder");
    }

    private static void RequireName(string reminderName)
    {
        if (string.IsNullOrWhiteSpace(reminderName))
        {
            throw new ArgumentNullException(nameof(reminderName));
        }
    }
}
