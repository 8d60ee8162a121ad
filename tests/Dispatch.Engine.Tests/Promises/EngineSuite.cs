namespace Dispatch.Engine.Tests;

/// <summary>One world for all promises: each test has grains of its own.</summary>
[CollectionDefinition(Name)]
public sealed class EngineSuite : ICollectionFixture<World>
{
    public const string Name = "engine";
}
