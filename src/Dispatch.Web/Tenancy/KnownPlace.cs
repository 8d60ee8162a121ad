namespace Dispatch.Web.Tenancy;

/// <param name="CalledAlso">The name that was found, where it is not the first one.</param>
/// <param name="Within">The unit it lies in.</param>
internal sealed record KnownPlace(string Name, string? CalledAlso, string? Within, AreaSettings Area);
