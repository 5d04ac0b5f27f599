using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: Tenant</c>.</summary>
internal static class TenantDocument
{
    public static Tenant Read(DocumentHeader header, MappingReader spec) =>
        new()
        {
            Id = header.Tenant,
            Rate = spec.ReadRate(),
            ModelTokens = spec.ReadTokenBudget(),
            Profile = ProfileReference.Read(spec),
            Source = header.Source,
        };
}
