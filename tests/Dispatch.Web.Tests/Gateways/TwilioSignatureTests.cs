using Dispatch.Web.Gateways;
using Dispatch.Web.Gateways.Kinds;
using Microsoft.AspNetCore.Http;

namespace Dispatch.Web.Tests.Gateways;

public sealed class TwilioSignatureTests
{
    /// <summary>The example in Twilio's own documentation.</summary>
    [Theory]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8=", true)]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B9=", false)]
    [InlineData("", false)]
    public void The_documented_example(string signature, bool genuine)
    {
        KeyValuePair<string, string>[] form =
        [
            new("To", "+18005551212"), new("CallSid", "CA1234567890ABCDE"), new("Caller", "+14158675309"), new("Digits", "1234"), new("From", "+14158675309"),
        ];
        var headers = new HeaderDictionary { ["X-Twilio-Signature"] = signature };
        var call = new GatewayCall("/myapp.php?foo=1&bar=2", null, [], new QueryCollection(), form, headers);
        Assert.Equal(genuine, new TwilioWebhook("12345", new Uri("https://mycompany.com")).Genuine(call, default));
    }
}
