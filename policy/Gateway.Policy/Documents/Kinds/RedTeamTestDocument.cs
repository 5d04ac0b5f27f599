using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: RedTeamTest</c>.</summary>
internal static class RedTeamTestDocument
{
    public static RedTeamTest Read(DocumentHeader header, MappingReader spec) =>
        new(
            header.Tenant,
            header.Name.ToString(),
            spec.Reference<Agent>("agent", DocumentKinds.Agent),
            spec.Required("passed", Formats.Bool),
            spec.Required("on", Formats.Date),
            header.Source
        );
}
