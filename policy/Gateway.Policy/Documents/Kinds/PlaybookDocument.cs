using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: Playbook</c>.</summary>
internal static class PlaybookDocument
{
    public static Playbook Read(DocumentHeader header, MappingReader spec) =>
        new(
            header.Tenant,
            header.Name.ToString(),
            spec.Reference<Agent>("agent", DocumentKinds.Agent),
            spec.Required("scenario", Vocabulary.Scenario.Format),
            spec.OptionalText("owner", Formats.Text(200)),
            spec.OptionalValue("testedOn", Formats.Date),
            header.Source
        );
}
