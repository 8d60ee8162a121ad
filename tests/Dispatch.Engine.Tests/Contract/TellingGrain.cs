using Orleans;

namespace Dispatch.Engine.Tests;

[Alias("contract.ear")]
public interface IEar : IGrainObserver
{
    [Alias("hear"), ResponseTimeout("00:00:01")]
    Task<string> Hear(string text);
}

[Alias("contract.telling")]
public interface ITellingGrain : IGrainWithStringKey
{
    [Alias("subscribe")]
    Task Subscribe(IEar ear);

    [Alias("tell")]
    Task<string> Tell(string text);
}

[GrainType("contract-telling")]
public sealed class TellingGrain : Grain, ITellingGrain
{
    private IEar? _ear;

    public Task Subscribe(IEar ear)
    {
        _ear = ear;
        return Task.CompletedTask;
    }

    public Task<string> Tell(string text) => _ear!.Hear(text);
}
