namespace Dispatch.LocalEngine;

/// <summary>Which grain may call which. A cycle of calls waits for itself until it times out, so edges are few and written down.</summary>
internal static class CallRules
{
    public static void Check(IReadOnlySet<CallEdge>? allowed, GrainId caller, GrainId callee, GrainMethod method)
    {
        if (caller == callee)
        {
            throw new InvalidOperationException($"{caller} calls itself by reference ({method.Name}): it would wait for its own turn to end. Call the method directly");
        }

        if (allowed is null || callee.Class.Interfaces.Any(to => to.IsAssignableTo(method.Interface) && IsAllowed(allowed, caller, to)))
        {
            return;
        }

        throw new InvalidOperationException($"The call {caller.Class.Type.Name} -> {method.Interface.Name} ({caller} calls {method.Name} of {callee}) is not among the allowed calls");
    }

    private static bool IsAllowed(IReadOnlySet<CallEdge> allowed, GrainId caller, Type to) =>
        allowed.Contains(new(caller.Class.Type.Name, to.Name)) || caller.Class.Interfaces.Any(from => allowed.Contains(new(from.Name, to.Name)));
}
