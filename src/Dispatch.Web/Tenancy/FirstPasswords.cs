using System.Buffers.Text;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Tenancy;

/// <summary>Hands the first password of a new account to whoever sets up the programme. It opens nothing but the choice of the next one.</summary>
internal interface IFirstPasswords
{
    string Make(string userName);
}

/// <summary>Prints it, once: it is kept nowhere, and a start that fails half-way prints another one.</summary>
internal sealed class PrintedPasswords(IIds ids) : IFirstPasswords
{
    private const int Bytes = 12;

    public string Make(string userName)
    {
        var made = Base64Url.EncodeToString(ids.NewBytes(Bytes));
        Console.WriteLine($"first password of {userName}: {made}");
        return made;
    }
}
