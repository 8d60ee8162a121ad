namespace Dispatch.Web.Limits;

/// <summary>The longest, the most and the largest of everything that comes in.</summary>
internal static class Bounds
{
    public const int BodyBytes = 16 * 1024;
    public const int IdMin = 16;
    public const int IdMax = 64;
    public const int Note = 2000;

    /// <summary>The page takes 400; nothing that it lets her type may be refused here.</summary>
    public const int Landmark = 400;
    public const int Area = 100;
    public const int Language = 20;
    public const int ExclusionsEach = 10;
    public const int ExclusionText = 200;
    public const int RelayName = 200;
    public const int Adults = 50;
    public const int Children = 20;
    public const int Number = 24;
    public const int CodeWord = 40;
    public const int Pin = 12;
    public const int Wording = 40;
    public const int ReasonCode = 40;
    public const int UserName = 100;
    public const int Password = 200;
    public const int PasswordMin = 10;
    public const int PushEndpoint = 1000;
    public const int PushKey = 200;
    public const int PushToken = 4096;
    public static readonly TimeSpan DutyAhead = TimeSpan.FromDays(7);
}
