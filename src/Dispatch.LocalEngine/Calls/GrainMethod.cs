using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;

namespace Dispatch.LocalEngine;

/// <summary>One method of a grain's or an observer's interface. Looked at by reflection once, then called through a compiled delegate.</summary>
internal abstract class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = new();
    private readonly Lazy<Func<object, object?[], Task>> _call;

    protected GrainMethod(MethodInfo method)
    {
        Interface = method.DeclaringType!;
        Name = $"{Interface.Name}.{method.Name}";
        Parameters = method.GetParameters();
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        Interleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        Timeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        ReturnsValueTask = method.ReturnType.Name.StartsWith(nameof(ValueTask), StringComparison.Ordinal);
        _call = new(() => Compile(method));
    }

    public Type Interface { get; }

    public string Name { get; }

    public ParameterInfo[] Parameters { get; }

    public bool IsReadOnly { get; }

    public bool Interleaves { get; }

    public TimeSpan? Timeout { get; }

    protected bool ReturnsValueTask { get; }

    public static GrainMethod Of(MethodInfo method) => Known.GetOrAdd(method, Make);

    /// <summary>Sees at once, not at the first call in the night, that an interface has a method which cannot be called from afar.</summary>
    public static void RequireCallable(Type contract)
    {
        foreach (var method in contract.GetInterfaces().Append(contract).SelectMany(i => i.GetMethods()))
        {
            Of(method);
        }
    }

    public Task Call(object target, object?[] arguments) => _call.Value(target, arguments);

    /// <summary>Calls a grain. Returns what the interface's method returns: a Task or a ValueTask.</summary>
    public abstract object Send(Engine engine, GrainId id, object?[] arguments);

    /// <summary>Calls an observer of the host.</summary>
    public abstract object Send(Engine engine, ObserverReference observer, object?[] arguments);

    private static GrainMethod Make(MethodInfo method)
    {
        var returns = method.ReturnType;
        var result = returns == typeof(Task) || returns == typeof(ValueTask) ? typeof(Nothing)
            : returns.IsGenericType && (returns.GetGenericTypeDefinition() == typeof(Task<>) || returns.GetGenericTypeDefinition() == typeof(ValueTask<>)) ? returns.GetGenericArguments()[0]
            : null;
        if (result is null || method.IsGenericMethodDefinition || method.GetParameters().Any(p => p.ParameterType.IsByRef))
        {
            throw new NotSupportedException($"{method.DeclaringType}.{method.Name}: a grain's method returns a Task or ValueTask and has no type parameters and no ref, in or out parameters");
        }

        return (GrainMethod)Activator.CreateInstance(typeof(GrainMethod<>).MakeGenericType(result), method)!;
    }

    private static Func<object, object?[], Task> Compile(MethodInfo method)
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        Expression call = Expression.Call(
            Expression.Convert(target, method.DeclaringType!),
            method,
            method.GetParameters().Select((p, i) => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType)));
        if (!call.Type.IsAssignableTo(typeof(Task)))
        {
            call = Expression.Call(call, nameof(ValueTask.AsTask), null);
        }

        return Expression.Lambda<Func<object, object?[], Task>>(Expression.Convert(call, typeof(Task)), target, arguments).Compile();
    }
}

/// <summary>A method whose answer is a <typeparamref name="TResult"/>.</summary>
internal sealed class GrainMethod<TResult>(MethodInfo method) : GrainMethod(method)
{
    public override object Send(Engine engine, GrainId id, object?[] arguments)
    {
        var caller = Activation.Current;
        if (caller is not null)
        {
            CallRules.Check(engine.Options.AllowedCalls, caller.Id, id, this);
        }

        var call = new GrainCall<TResult>(engine, id, this, engine.Messages.Copy(this, arguments));
        var reply = call.Start(caller);
        engine.Catalog.Dispatch(id, call);
        return Shaped(reply);
    }

    public override object Send(Engine engine, ObserverReference observer, object?[] arguments)
    {
        var call = new ObserverCall<TResult>(engine, observer, this, engine.Messages.Copy(this, arguments));
        return Shaped(call.Start(Activation.Current));
    }

    /// <summary>The result of a task that has ended well.</summary>
    public TResult ResultOf(Task ended, Messages messages) =>
        ended is Task<TResult> answered ? messages.Copy(answered.GetAwaiter().GetResult(), Name) : default!;

    private object Shaped(Task<TResult> reply) => (ReturnsValueTask, typeof(TResult) == typeof(Nothing)) switch
    {
        (false, _) => reply,
        (true, true) => new ValueTask(reply),
        (true, false) => new ValueTask<TResult>(reply),
    };
}

/// <summary>The answer of a method that has none.</summary>
internal readonly struct Nothing;
