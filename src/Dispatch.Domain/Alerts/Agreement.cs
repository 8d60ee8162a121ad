namespace Dispatch.Domain.Alerts;

/// <summary>
/// She agreed that people are told what she needs, and in which words she was asked. It opens nothing by itself: whoever may be told without it may be told with it, and police need their
/// own <see cref="Consent"/>.
/// </summary>
/// <param name="By">The account of the call-taker who asked her.</param>
/// <param name="WordingVersion">Which text she was read.</param>
public sealed record Agreement(string By, DateTimeOffset At, string WordingVersion, string Language);
