using System.Buffers.Text;
using System.Text;
using Dispatch.Web.Limits;

namespace Dispatch.Web.Rosters;

/// <summary>The id of a swap on the wire; it carries the area whose roster it is in.</summary>
internal sealed record SwapId(string Area, string Id)
{
    public override string ToString() => $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Area))}.{Id}";

    public static SwapId? Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || text.Length > (2 * Bounds.Area) + Bounds.IdMax || !Base64Url.IsValid(text.AsSpan(0, dot))) return null;
        return new SwapId(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text.AsSpan(0, dot))), text[(dot + 1)..]);
    }
}
