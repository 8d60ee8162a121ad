namespace Dispatch.Web.Tests.Harness;

/// <summary>What a browser gives to be pushed to, for tests that push nothing: real keys, and an address that nobody calls.</summary>
public static class Subscription
{
    public const string P256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    public const string Auth = "BTBZMqHH6r4Tts7J_aSIgg";

    public static object At(string endpoint) => new { kind = "webPush", endpoint, p256dh = P256dh, auth = Auth };
}
