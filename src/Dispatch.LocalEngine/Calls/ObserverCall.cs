namespace Dispatch.LocalEngine;

/// <summary>One call to an observer. It runs as the host's own code, never on a grain's scheduler, and beside other calls of the same observer.</summary>
internal sealed class ObserverCall<TResult>(Engine engine, ObserverReference observer, GrainMethod<TResult> method, object?[] arguments) : ICallInWords
{
    private Reply<TResult> _reply = null!;

    public Task<TResult> Start(Activation? caller)
    {
        _reply = new(engine, caller, this);
        _reply.GiveUpAfter(method.Timeout ?? engine.Options.ResponseTimeout);
        engine.Turns.PostToHost(() => _ = Run());
        return _reply.Task;
    }

    public string InWords() => $"observer {observer}, {method.Name}";

    private async Task Run()
    {
        try
        {
            var running = method.Call(observer.Target, arguments);
            await running;
            _reply.Succeed(method.ResultOf(running, engine.Messages));
        }
        catch (Exception exception)
        {
            _reply.Fail(exception);
        }
    }
}
