using System.Buffers.Text;
using Dispatch.Web.Hosting;

namespace Dispatch.Web.Tenancy;

/// <summary>Hands the first password of a new account to whoever sets up the programme. It opens nothing but the choice of the next one.</summary>
internal interface IFirstPasswords
{
    string Make(string userName);
}

/// <summary>A password that somebody else makes for a person. It opens nothing but the choice of the next one.</summary>
internal static class OneTimePassword
{
    private const int Bytes = 12;

    public static string Make(IIds ids) => Base64Url.EncodeToString(ids.NewBytes(Bytes));
}

/// <summary>Prints it, once: it is kept nowhere, and a start that fails half-way prints another one.</summary>
internal sealed class PrintedPasswords(IIds ids) : IFirstPasswords
{
    public string Make(string userName)
    {
        var made = OneTimePassword.Make(ids);
        Console.WriteLine($"first password of {userName}: {made}");
        return made;
    }
}
