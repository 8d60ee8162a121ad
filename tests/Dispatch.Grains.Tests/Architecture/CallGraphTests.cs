using Dispatch.Grains.Hosting;

namespace Dispatch.Grains.Tests.Architecture;

public sealed class CallGraphTests
{
    /// <summary>The engine refuses every other edge (its own tests show that); here the list itself is held to the design.</summary>
    [Fact]
    public void Calls_between_actors_go_one_way()
    {
        Assert.Equal(
            [("AlertGrain", "IHotlineGrain"), ("AlertGrain", "IResponderGrain"), ("AlertGrain", "IServiceAreaGrain"), ("AlertGrain", "IShelterGrain"), ("ResponderGrain", "IServiceAreaGrain"), ("ServiceAreaGrain", "IProtocolGrain")],
            CallGraph.Edges.Order());
    }

    [Fact]
    public void Every_grain_interface_and_method_has_a_stable_alias_and_every_grain_a_stable_type()
    {
        var assembly = typeof(CallGraph).Assembly;
        var interfaces = assembly.GetTypes().Where(t => t.IsInterface && typeof(Orleans.IGrainWithStringKey).IsAssignableFrom(t)).ToArray();
        Assert.Equal(8, interfaces.Length);
        Assert.All(interfaces, i => Assert.NotNull(Attribute.GetCustomAttribute(i, typeof(Orleans.AliasAttribute))));
        Assert.All(interfaces.SelectMany(i => i.GetMethods()), m => Assert.NotNull(Attribute.GetCustomAttribute(m, typeof(Orleans.AliasAttribute))));
        var grains = assembly.GetTypes().Where(t => !t.IsAbstract && typeof(Orleans.Grain).IsAssignableFrom(t)).ToArray();
        Assert.Equal(interfaces.Length, grains.Length);
        Assert.All(grains, g => Assert.NotNull(Attribute.GetCustomAttribute(g, typeof(Orleans.GrainTypeAttribute))));
    }

    /// <summary>What one actor asks of another inside a turn ends within five seconds.</summary>
    [Fact]
    public void Every_call_that_an_actor_makes_has_a_deadline_of_five_seconds()
    {
        var callees = CallGraph.Edges.Select(e => e.Callee).Distinct();
        var methods = typeof(CallGraph).Assembly.GetTypes().Where(t => callees.Contains(t.Name)).SelectMany(t => t.GetMethods()).ToArray();
        Assert.NotEmpty(methods);
        Assert.All(methods, m => Assert.NotNull(Attribute.GetCustomAttribute(m, typeof(Orleans.ResponseTimeoutAttribute))));
    }
}
