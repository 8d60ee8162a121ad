namespace Dispatch.Channels.Devices;

/// <summary>A test text or call: what it is kept under, so that what the network says of it is found by whoever asked for it.</summary>
public static class NumberTest
{
    public static string Key(string testId) => "test:" + testId;
}
