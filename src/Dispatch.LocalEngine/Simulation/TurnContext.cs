namespace Dispatch.LocalEngine;

/// <summary>Brings the continuations of host code back to the queue.</summary>
internal sealed class TurnContext(TurnQueue queue) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => queue.Post(this, () => d(state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Waiting for the queue from inside the queue would wait forever");

    public override SynchronizationContext CreateCopy() => this;
}
