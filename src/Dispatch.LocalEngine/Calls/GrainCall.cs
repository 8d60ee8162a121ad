namespace Dispatch.LocalEngine;

/// <summary>One call on its way to a grain.</summary>
internal sealed class GrainCall<TResult>(Engine engine, GrainId id, GrainMethod<TResult> method, object?[] arguments) : Turn, ICallInWords
{
    private Reply<TResult> _reply = null!;

    public override string Name => method.Name;

    public override bool IsReadOnly => method.IsReadOnly;

    public override bool Interleaves => method.Interleaves;

    public override bool IsStale => _reply.IsSettled;

    public Task<TResult> Start(Activation? caller)
    {
        _reply = new(engine, caller, this);
        _reply.GiveUpAfter(method.Timeout ?? engine.Options.ResponseTimeout);
        return _reply.Task;
    }

    public string InWords() => $"{id.Class.Type.Name} {id}, {Name}: {engine.Catalog.Describe(id)}";

    public override void Refuse(Exception why) => _reply.Fail(why);

    protected override Task Invoke(object grain) => method.Call(grain, arguments);

    protected override void Succeeded(Task ended) => _reply.Succeed(method.ResultOf(ended, engine.Messages));

    protected override void Failed(Exception exception) => _reply.Fail(exception);
}
