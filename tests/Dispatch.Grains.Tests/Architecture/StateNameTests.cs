using System.Reflection;
using Dispatch.Grains.Alerts;
using Orleans.Runtime;

namespace Dispatch.Grains.Tests.Architecture;

public sealed class StateNameTests
{
    /// <summary>A cluster's database finds a state by this name and the grain's key, whatever kind of grain it is.</summary>
    [Fact]
    public void No_two_kinds_of_grain_keep_a_state_under_the_same_name()
    {
        string[] names =
        [
            .. typeof(IAlertGrain).Assembly.GetTypes()
                .SelectMany(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                .SelectMany(constructor => constructor.GetParameters())
                .Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()?.StateName)
                .OfType<string>(),
        ];
        Assert.NotEmpty(names);
        Assert.Equal(names.Order(), names.Distinct().Order());
    }
}
