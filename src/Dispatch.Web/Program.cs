using Dispatch.Grains.Hosting;
using Dispatch.Moving;

try
{
    if (MoveCommand.IsMeant(args)) return await MoveCommand.Run(args);
    await Dispatch.Web.DispatchHost.Build(args).RunAsync();
    return 0;
}
catch (StartRefusedException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
