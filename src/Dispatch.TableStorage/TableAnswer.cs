namespace Dispatch.TableStorage;

public enum TableAnswer
{
    /// <summary>The condition of a write did not hold, or what was asked for is not there.</summary>
    Refused = 1,

    /// <summary>Not now, repeat.</summary>
    Outage = 2,

    /// <summary>The request itself is wrong.</summary>
    Defect = 3,
}

/// <summary>What the table service's answers mean, by status and documented error code.</summary>
public static class TableAnswers
{
    public static TableAnswer Of(int status, string? code) => (status, code) switch
    {
        (404, "ResourceNotFound" or "EntityNotFound") or (409, "EntityAlreadyExists") or (412, "UpdateConditionNotSatisfied" or "ConditionNotMet") => TableAnswer.Refused,
        // No answer at all; throttled; trouble on its side; being moved; a table that an operator is replacing.
        (0 or 408 or 429 or >= 500, _) or (_, "TableBeingDeleted" or "OperationTimedOut" or "ServerBusy") => TableAnswer.Outage,
        // An identity or a role that is not known there yet, as after a deployment, or was taken away: for an operator to mend while the host goes on trying.
        (401 or 403, _) => TableAnswer.Outage,
        _ => TableAnswer.Defect,
    };
}
