using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: Workspace</c>.</summary>
internal static class WorkspaceDocument
{
    public static Workspace Read(DocumentHeader header, MappingReader spec) =>
        new()
        {
            Tenant = header.Tenant,
            Id = header.NameAs<Workspace>(),
            Environment = spec.Required("environment", Vocabulary.Environment.Format),
            Profile = ProfileReference.Read(spec),
            Source = header.Source,
        };
}
