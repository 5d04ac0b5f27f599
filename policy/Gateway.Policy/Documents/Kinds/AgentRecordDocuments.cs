using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: DataFlow</c>.</summary>
internal static class DataFlowDocument
{
    public static DataFlow Read(DocumentHeader header, MappingReader spec) =>
        new()
        {
            Tenant = header.Tenant,
            Name = header.Name.ToString(),
            Agent = spec.Reference<Agent>("agent", DocumentKinds.Agent),
            Connector = spec.Reference<Connector>("connector", DocumentKinds.Connector),
            Data = OperationFields.ReadData(spec, required: true),
            Source = header.Source,
        };
}

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
