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
