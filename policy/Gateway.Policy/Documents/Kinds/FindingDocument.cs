using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: Finding</c> and <c>kind: Risk</c>.</summary>
internal static class FindingDocument
{
    public static Finding Read(DocumentHeader header, MappingReader spec) =>
        new(
            header.Tenant,
            header.Name.ToString(),
            spec.Reference<Agent>("agent", DocumentKinds.Agent),
            spec.Required("tier", Vocabulary.Risk.Format),
            spec.Required("open", Formats.Bool),
            IsRisk: header.Kind == "Risk",
            header.Source
        );
}
