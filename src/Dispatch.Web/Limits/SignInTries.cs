namespace Dispatch.Web.Limits;

/// <summary>Tries to sign in by user and address, right or wrong. The account's own lock counts wrong ones from everywhere.</summary>
internal sealed class SignInTries(TimeProvider clock) : TriesByWindow(clock, PerWindow)
{
    public const int PerWindow = 10;
}
