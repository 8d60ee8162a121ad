using Dispatch.Web.Tenancy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dispatch.Web.Demo;

/// <summary>Says on the console where to look and as whom to sign in, once the demo answers.</summary>
internal sealed class DemoGreeting(IServer server, IHostApplicationLifetime lifetime, Tenant tenant, DemoPassword password) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Say);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Say()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        var users = string.Join(' ', tenant.Settings.People.Select(p => p.UserName));
        Console.WriteLine($"""

            Demo, tenant {tenant.Id}. Everything in it is invented.
              for her         {address}/
              on call         {address}/respond
              hotline         {address}/hotline
              a house         {address}/shelter
              a relay's desk  {address}/relay
              coordination    {address}/coordinate
              a telephone     {address}/demo/phone
              API             {address}/openapi/v1.json
              users           {users}
              password        {(password.Generated ? password.Text : "the one in Demo:Password")}

            """);
    }
}
