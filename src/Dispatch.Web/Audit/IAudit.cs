namespace Dispatch.Web.Audit;

/// <summary>Who did or read what, and when. Codes and ids only: whoever reads the audit learns nothing that was sealed.</summary>
internal interface IAudit
{
    /// <summary>Durable when it returns. Sealed data leaves only after that; what cannot be recorded is not given out.</summary>
    Task Write(string by, string action, string? alert = null, string? subject = null, string? detail = null);
}

internal sealed record AuditRow(DateTimeOffset At, string By, string Action, string? Alert, string? Subject, string? Detail)
{
    public const int CurrentSchema = 1;
    public int SchemaVersion { get; init; } = CurrentSchema;
}
