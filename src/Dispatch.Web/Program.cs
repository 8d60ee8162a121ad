using Dispatch.Grains.Hosting;
using Dispatch.Web.Hosting;

try
{
    await Dispatch.Web.DispatchHost.Build(args).RunAsync();
    return 0;
}
catch (StartRefusedException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
