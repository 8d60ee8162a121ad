using Orleans;

namespace Dispatch.Benchmarks.Runs;

public interface IEchoGrain : IGrainWithStringKey
{
    Task<int> Echo(int number);
}

internal sealed class EchoGrain : Grain, IEchoGrain
{
    public static Task<int> Answer(int number) => Task.FromResult(number);

    public Task<int> Echo(int number) => Answer(number);
}
