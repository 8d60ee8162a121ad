namespace Dispatch.Domain.Contacts;

/// <summary>
/// A contact is known by a keyed fingerprint of tenant, line and number. Its ids hold a dot behind the first letter and those of alerts never hold one, so that an item of the queue
/// says by itself whose it is.
/// </summary>
public static class ContactId
{
    private const string Prefix = "c.";
    private const int Longest = 64;

    public static string Of(string fingerprint) => Prefix + fingerprint;

    public static bool Is(string? id) =>
        id is { Length: > 2 and <= Longest } && id.StartsWith(Prefix, StringComparison.Ordinal) && id.Skip(Prefix.Length).All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
