using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Dispatch.Domain;
using Dispatch.Domain.Shelters;

namespace Dispatch.Web.Shelters.Exchange;

/// <summary>
/// The beds of an area as one <c>service</c> of the Human Services Data Specification (Open Referral HSDS 3; <c>capacities</c>, <c>service_capacity</c> and <c>unit</c> are of 3.1,
/// docs.openreferral.org). The service is all houses of the area together. It has no <c>organization</c>, <c>contacts</c>, <c>phones</c> or <c>service_at_locations</c>: HSDS knows no location that is
/// redacted, so there is none.
/// </summary>
/// <param name="LastModified">When the oldest figure in it was confirmed; absent where a house never confirmed.</param>
/// <param name="Capacities">Empty when there are too few houses to be counted, or one of them never confirmed its figures.</param>
public sealed record HsdsService(
    string Id, string Name, string Status,
    [property: JsonPropertyName("last_modified")] DateTimeOffset? LastModified,
    [property: JsonPropertyName("service_areas")] ImmutableArray<HsdsServiceArea> ServiceAreas,
    ImmutableArray<HsdsCapacity> Capacities)
{
    internal static HsdsService Of(string area, string name, AreaBeds? beds) => new(
        IdOf("service", area), "shelter", "active", beds?.OldestConfirmedAt,
        [new HsdsServiceArea(IdOf("service_area", area), name)],
        beds?.OldestConfirmedAt is { } updated
            ? [.. beds.Free.Select(b => new HsdsCapacity(IdOf("service_capacity", $"{area}/{b.Kind}"), HsdsUnit.Of(b.Kind), b.Count, beds.Capacity.Of(b.Kind), updated))]
            : []);

    /// <summary>The same thing keeps its id, and nothing has to be stored for it (UUID version 8, RFC 9562).</summary>
    internal static string IdOf(string what, string which)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"hsds\n{what}\n{which}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}

public sealed record HsdsServiceArea(string Id, string Name);

/// <param name="Available">Free now.</param>
/// <param name="Maximum">All that there are.</param>
/// <param name="Updated">When the oldest figure in it was confirmed.</param>
public sealed record HsdsCapacity(string Id, HsdsUnit Unit, int Available, int Maximum, DateTimeOffset Updated);

public sealed record HsdsUnit(string Id, string Name, string Scheme, string Identifier)
{
    internal static HsdsUnit Of(BedKind kind) => new(HsdsService.IdOf("unit", EnumWords.Of(kind)), NameOf(kind), HaveDocument.KindList, EnumWords.Of(kind));

    private static string NameOf(BedKind kind) => kind switch
    {
        BedKind.Bed => "Bed",
        BedKind.Cot => "Cot",
        BedKind.AccessibleBed => "Accessible bed",
        BedKind.FamilyRoom => "Family room",
        _ => throw new System.Diagnostics.UnreachableException($"bed {kind}"),
    };
}
