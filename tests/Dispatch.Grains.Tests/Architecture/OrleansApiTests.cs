using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Dispatch.Grains.Alerts;

namespace Dispatch.Grains.Tests.Architecture;

/// <summary>The grains may use this part of Orleans' API and no more: whatever else they used, the local engine would have to grow into a second Orleans.</summary>
public sealed class OrleansApiTests
{
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        "Orleans.IGrain", "Orleans.IGrainWithStringKey", "Orleans.IGrainObserver", "Orleans.IGrainBase", "Orleans.Grain", "Orleans.IGrainFactory",
        "Orleans.GrainExtensions.GetPrimaryKeyString", "Orleans.GrainBaseExtensions.RegisterGrainTimer", "Orleans.IRemindable",
        "Orleans.GrainReminderExtensions.RegisterOrUpdateReminder", "Orleans.GrainReminderExtensions.GetReminder", "Orleans.GrainReminderExtensions.UnregisterReminder",
        "Orleans.AliasAttribute", "Orleans.GrainTypeAttribute", "Orleans.ImmutableAttribute", "Orleans.ResponseTimeoutAttribute",
        "Orleans.DeactivationReason", "Orleans.DeactivationReasonCode",
        "Orleans.Runtime.IAddressable", "Orleans.Runtime.IPersistentState`1", "Orleans.Runtime.PersistentStateAttribute", "Orleans.Runtime.IGrainTimer",
        "Orleans.Runtime.GrainTimerCreationOptions", "Orleans.Runtime.IGrainReminder", "Orleans.Runtime.TickStatus", "Orleans.Runtime.OrleansException", "Orleans.Runtime.ReminderException",
        "Orleans.Core.IStorage", "Orleans.Core.IStorage`1", "Orleans.Storage.InconsistentStateException", "Orleans.Concurrency.ReadOnlyAttribute", "Orleans.Concurrency.AlwaysInterleaveAttribute",
        "Orleans.Concurrency.ImmutableAttribute",
    };

    private static readonly HashSet<string> GrainMembers = new(StringComparer.Ordinal) { ".ctor", "get_GrainFactory", "OnActivateAsync", "OnDeactivateAsync", "DeactivateOnIdle" };
    private static readonly HashSet<string> FactoryMembers = new(StringComparer.Ordinal) { "GetGrain" };

    [Fact]
    public void Grains_use_only_the_listed_part_of_Orleans()
    {
        using var file = File.OpenRead(typeof(IAlertGrain).Assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();

        var members = metadata.MemberReferences.Select(h => Member(metadata, metadata.GetMemberReference(h))).OfType<(string Type, string Name)>().ToArray();
        Assert.Contains(("Orleans.Grain", "get_GrainFactory"), members);
        var faults = members.Where(m => !IsAllowed(m)).Select(m => $"{m.Type}.{m.Name}")
            .Concat(metadata.TypeReferences.Select(h => Name(metadata, h)).Where(t => t.StartsWith("Orleans.", StringComparison.Ordinal) && !TypeAllowed(t)))
            .Distinct();

        Assert.Empty(faults);
    }

    private static bool TypeAllowed(string type) => Allowed.Any(a => a == type || a.StartsWith(type + ".", StringComparison.Ordinal));

    private static bool IsAllowed((string Type, string Name) member) => member.Type switch
    {
        "Orleans.Grain" => GrainMembers.Contains(member.Name),
        "Orleans.IGrainFactory" => FactoryMembers.Contains(member.Name),
        _ => Allowed.Contains(member.Type) || Allowed.Contains($"{member.Type}.{member.Name}"),
    };

    private static (string Type, string Name)? Member(MetadataReader metadata, MemberReference member)
    {
        var type = member.Parent.Kind switch
        {
            HandleKind.TypeReference => Name(metadata, (TypeReferenceHandle)member.Parent),
            HandleKind.TypeSpecification => Generic(metadata, (TypeSpecificationHandle)member.Parent),
            _ => null,
        };
        return type?.StartsWith("Orleans.", StringComparison.Ordinal) is true ? (type, metadata.GetString(member.Name)) : null;
    }

    private static string Name(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    /// <summary>The open type behind a generic instance such as IPersistentState of something.</summary>
    private static string? Generic(MetadataReader metadata, TypeSpecificationHandle handle)
    {
        var blob = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() is not SignatureTypeCode.GenericTypeInstance) return null;
        blob.ReadCompressedInteger();
        var open = blob.ReadTypeHandle();
        return open.Kind is HandleKind.TypeReference ? Name(metadata, (TypeReferenceHandle)open) : null;
    }
}
