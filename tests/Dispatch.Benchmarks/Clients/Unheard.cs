namespace Dispatch.Benchmarks.Clients;

/// <summary>Nobody looks at what arrives.</summary>
internal sealed class Unheard : IPhoneListener
{
    public void Offered(LivePhone phone, ReadOnlySpan<byte> offerId)
    {
    }

    public void Recorded(LivePhone phone, long sentAt, bool refused)
    {
    }

    public void Told(LivePhone phone, ReadOnlySpan<byte> message)
    {
    }
}
