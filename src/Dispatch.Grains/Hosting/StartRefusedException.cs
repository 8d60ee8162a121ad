namespace Dispatch.Grains.Hosting;

/// <summary>This host must not start as it is set up. The message names the setting and what to do, and never its value.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
