using System.Net;
using System.Net.Sockets;

namespace Dispatch.TestPrograms;

public static class Ports
{
    /// <summary>One that nobody listens on, below those that the system gives to connections: one of these could have it while its host is down.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Any, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one.
            }
        }
    }
}
