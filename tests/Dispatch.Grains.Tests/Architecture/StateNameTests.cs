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

    /// <summary>A state is found by these names alone: renamed, it is lost.</summary>
    [Fact]
    public void The_names_under_which_states_are_stored_stay_what_they_are() => Assert.Equal(
        [
            "account/account", "alert/alert", "contact/contact", "protocol/protocol", "responder/devices", "serviceArea/roster", "serviceArea/setup", "shelter/address", "shelter/beds", "shelter/house", "survivorSession/session",
        ],
        typeof(IAlertGrain).Assembly.GetTypes()
            .SelectMany(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(constructor => constructor.GetParameters())
                .Select(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()?.StateName).OfType<string>()
                .Select(state => $"{(string)type.CustomAttributes.Single(a => a.AttributeType.Name == "GrainTypeAttribute").ConstructorArguments[0].Value!}/{state}"))
            .Order(StringComparer.Ordinal));
}
