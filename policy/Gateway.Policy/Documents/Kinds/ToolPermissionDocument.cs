using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: ToolPermission</c>.</summary>
internal static class ToolPermissionDocument
{
    private const string Everything = "*";

    public static ToolPermission Read(DocumentHeader header, MappingReader spec)
    {
        var connector = spec.Reference<Connector>("connector", DocumentKinds.Connector);
        // An empty list grants everything in the record, so a document must never be able to write one.
        var operations = spec.Is("operations", Everything)
            ? []
            : spec.References<Operation>("operations", Reference.Operation, fallback: null, [connector], least: 1);
        return new ToolPermission
        {
            Tenant = header.Tenant,
            Name = header.Name.ToString(),
            Agent = spec.Reference<Agent>("agent", DocumentKinds.Agent),
            Connector = connector,
            Operations = operations,
            AuditLogging = spec.Optional("auditLogging", Formats.Bool, false),
            HumanApproval = spec.Optional("humanApproval", Formats.Bool, false),
            DryRun = spec.Optional("dryRun", Formats.Bool, false),
            MaxTokens = spec.OptionalValue("maxTokens", Formats.Integer(1, ModelOfferFields.MaxTokens)),
            Transaction = TransactionFields.Read(spec),
            Hours = HoursFields.Read(spec),
            Source = header.Source,
        };
    }
}
