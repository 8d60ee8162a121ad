namespace Dispatch.LocalEngine;

/// <summary>One thing that an activation does: a call or a timer's tick. It lasts until its task ends, over every await.</summary>
internal abstract class Turn
{
    private Activation? _on;

    /// <summary>What a person reads when somebody waits for it.</summary>
    public abstract string Name { get; }

    /// <summary>Changes nothing, so others of the kind may run beside it.</summary>
    public virtual bool IsReadOnly => false;

    /// <summary>Does not wait for what is running.</summary>
    public virtual bool Interleaves => false;

    /// <summary>Counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Belongs to its activation and ends with it; what does not is carried over to the next one.</summary>
    public virtual bool EndsWithActivation => false;

    /// <summary>Nobody waits for it any more.</summary>
    public virtual bool IsStale => false;

    /// <summary>How often it was carried over from an activation that ended.</summary>
    public int Moves { get; set; }

    public void StartOn(Activation activation)
    {
        _on = activation;

        // The caller's ambient values (a request's identity, a transaction) have no business in a grain that outlives them.
        using (ExecutionContext.SuppressFlow())
        {
            new Task(static turn => _ = ((Turn)turn!).Run(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach).Start(activation.Scheduler);
        }
    }

    /// <summary>It will never run.</summary>
    public abstract void Refuse(Exception why);

    protected abstract Task Invoke(object grain);

    protected abstract void Succeeded(Task ended);

    protected abstract void Failed(Exception exception);

    private async Task Run()
    {
        Exception? failure = null;
        try
        {
            var running = Invoke(_on!.Grain);
            await running;
            Succeeded(running);
        }
        catch (Exception exception)
        {
            failure = exception;
            Failed(exception);
        }

        _on!.Finished(this, failure);
    }
}
