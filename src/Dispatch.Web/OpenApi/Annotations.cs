namespace Dispatch.Web.OpenApi;

/// <summary>Another body that the same address gives to somebody else, or at another time, with the same status.</summary>
internal sealed record AlsoAnswers(Type Body);

/// <summary>A create: takes an Idempotency-Key.</summary>
/// <param name="Required">Without it the same sent twice is there twice.</param>
internal sealed record NeedsKey(bool Required = true);
