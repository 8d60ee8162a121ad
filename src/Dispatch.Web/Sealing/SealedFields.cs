namespace Dispatch.Web.Sealing;

/// <summary>The sealed fields of staff records and of numbers by name. A box opens only under the name it was made for.</summary>
internal static class SealedFields
{
    public const string UserName = "userName";
    public const string DisplayName = "displayName";
    public const string Device = "device";
    public const string ContactNumber = "contactNumber";
    public const string ContactText = "contactText";
    public const string DeskNumber = "deskNumber";
}
