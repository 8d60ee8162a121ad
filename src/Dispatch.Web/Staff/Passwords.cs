using Microsoft.AspNetCore.Identity;

namespace Dispatch.Web.Staff;

/// <summary>Hashes passwords and checks them, in the same time whether there is an account or not.</summary>
internal sealed class Passwords
{
    /// <summary>Matches no password: an account that nobody gave one.</summary>
    public const string None = "";

    private static readonly object Nobody = new();
    private readonly PasswordHasher<object> _hasher = new();
    private readonly string _decoy;

    public Passwords() => _decoy = _hasher.HashPassword(Nobody, "nobody signs in with this");

    public string Hash(string password) => _hasher.HashPassword(Nobody, password);

    /// <param name="hash">Null for an account that does not exist; then a decoy is checked and the answer is no.</param>
    public bool Verify(string? hash, string password)
    {
        var known = !string.IsNullOrEmpty(hash);
        var right = _hasher.VerifyHashedPassword(Nobody, known ? hash! : _decoy, password) is not PasswordVerificationResult.Failed;
        return known && right;
    }
}
