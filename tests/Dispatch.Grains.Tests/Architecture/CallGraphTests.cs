using Dispatch.Grains.Alerts;
using Dispatch.Grains.Hosting;

namespace Dispatch.Grains.Tests.Architecture;

public sealed class CallGraphTests
{
    /// <summary>The engine refuses every other edge (its own tests show that); here the list itself is held to the design.</summary>
    [Fact]
    public void Calls_between_actors_go_one_way()
    {
        Assert.Equal(
            [("AlertGrain", "IHotlineGrain"), ("AlertGrain", "IResponderGrain"), ("AlertGrain", "IServiceAreaGrain"), ("AlertGrain", "IShelterGrain"), ("ContactGrain", "IAlertGrain"), ("ContactGrain", "IHotlineGrain"), ("ContactGrain", "IServiceAreaGrain"), ("HotlineGrain", "IServiceAreaGrain"), ("ResponderGrain", "IServiceAreaGrain"), ("ServiceAreaGrain", "IProtocolGrain")],
            CallGraph.Edges.Order());
    }

    [Fact]
    public void Every_grain_interface_and_method_has_a_stable_alias_and_every_grain_a_stable_type()
    {
        var assembly = typeof(CallGraph).Assembly;
        var interfaces = assembly.GetTypes().Where(t => t.IsInterface && typeof(Orleans.IGrainWithStringKey).IsAssignableFrom(t)).ToArray();
        Assert.Equal(9, interfaces.Length);
        Assert.All(interfaces, i => Assert.NotNull(Attribute.GetCustomAttribute(i, typeof(Orleans.AliasAttribute))));
        Assert.All(interfaces.SelectMany(i => i.GetMethods()), m => Assert.NotNull(Attribute.GetCustomAttribute(m, typeof(Orleans.AliasAttribute))));
        var grains = assembly.GetTypes().Where(t => !t.IsAbstract && typeof(Orleans.Grain).IsAssignableFrom(t)).ToArray();
        Assert.Equal(interfaces.Length, grains.Length);
        Assert.All(grains, g => Assert.NotNull(Attribute.GetCustomAttribute(g, typeof(Orleans.GrainTypeAttribute))));
    }

    /// <summary>Everything else is asked of an alert by the host, which waits longer.</summary>
    private static readonly string[] AskedOfAlerts = [nameof(IAlertGrain.RaiseByContact), nameof(IAlertGrain.JoinByContact), nameof(IAlertGrain.WhoIsShutOut), nameof(IAlertGrain.HerPhone)];

    /// <summary>What one actor asks of another inside a turn ends within five seconds.</summary>
    [Fact]
    public void Every_call_that_an_actor_makes_has_a_deadline_of_five_seconds()
    {
        var callees = CallGraph.Edges.Select(e => e.Callee).Distinct();
        var methods = typeof(CallGraph).Assembly.GetTypes().Where(t => callees.Contains(t.Name)).SelectMany(t => t.GetMethods())
            .Where(m => m.DeclaringType != typeof(IAlertGrain) || AskedOfAlerts.Contains(m.Name)).ToArray();
        Assert.Equal(AskedOfAlerts.Order(), methods.Where(m => m.DeclaringType == typeof(IAlertGrain)).Select(m => m.Name).Order());
        Assert.All(methods, m => Assert.NotNull(Attribute.GetCustomAttribute(m, typeof(Orleans.ResponseTimeoutAttribute))));
    }
}
