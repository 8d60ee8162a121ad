namespace Dispatch.Storage;

/// <summary>Writes that were given together and are answered together.</summary>
internal abstract class PendingWrites(RowWrite[] writes)
{
    public RowWrite[] Writes { get; } = writes;

    public WriteOutcome[] Outcomes { get; } = new WriteOutcome[writes.Length];

    public abstract void Answer();

    public void FailAll(Exception cause)
    {
        Array.Fill(Outcomes, new(null, WriteError.Unavailable, cause));
        Answer();
    }
}

/// <summary>Continuations run elsewhere: the writer's thread commits, and nothing else.</summary>
internal sealed class PendingWrite(RowWrite write) : PendingWrites([write])
{
    private readonly TaskCompletionSource<WriteOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<WriteOutcome> Answered => _answer.Task;

    public override void Answer()
    {
        if (Outcomes[0].Cause is { } cause)
        {
            _answer.SetException(cause);
        }
        else
        {
            _answer.SetResult(Outcomes[0]);
        }
    }
}

internal sealed class PendingGroup(RowWrite[] writes) : PendingWrites(writes)
{
    private readonly TaskCompletionSource<IReadOnlyList<WriteOutcome>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IReadOnlyList<WriteOutcome>> Answered => _answer.Task;

    public override void Answer() => _answer.SetResult(Outcomes);
}
