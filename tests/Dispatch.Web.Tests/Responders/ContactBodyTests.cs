using Dispatch.Domain.Survivors;
using Dispatch.Web.Responders;

namespace Dispatch.Web.Tests.Responders;

public sealed class ContactBodyTests
{
    [Theory]
    [InlineData(ContactChannel.None, null, null)]
    [InlineData(ContactChannel.Call, "76543210", "mango")]
    [InlineData(ContactChannel.Sms, "76543210", "mango")]
    public void The_number_of_who_does_not_want_to_be_contacted_is_given_to_nobody(ContactChannel channel, string? number, string? word)
    {
        var body = ContactBody.Of(new SafeContact(channel, "76543210", CodeWord: "mango"), new DateTimeOffset(2026, 3, 8, 12, 0, 0, TimeSpan.Zero), TimeSpan.Zero);
        Assert.Equal((number, word), (body.Number, body.CodeWord));
    }
}
