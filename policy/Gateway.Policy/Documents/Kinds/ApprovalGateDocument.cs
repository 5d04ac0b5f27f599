using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: ApprovalGate</c>.</summary>
internal static class ApprovalGateDocument
{
    private static readonly FieldFormat<TimeSpan> Decide = Quantities.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
    private static readonly FieldFormat<TimeSpan> Waiting = Quantities.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
    private static readonly FieldFormat<TimeSpan> Use = Quantities.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));

    public static ApprovalGate Read(DocumentHeader header, MappingReader spec)
    {
        var connectors = spec.References<Connector>("connectors", DocumentKinds.Connector, []);
        return new ApprovalGate
        {
            Tenant = header.Tenant,
            Name = header.Name.ToString(),
            Active = spec.Required("active", Formats.Bool),
            Always = spec.Optional("always", Formats.Bool, false),
            Actions = spec.List("actions", Vocabulary.Action.Format, []),
            Connectors = connectors,
            Operations = spec.References<Operation>("operations", Reference.Operation, [], connectors),
            TargetSystems = spec.List("targetSystems", Formats.Text(128), []),
            Data = OperationFields.ReadData(spec),
            Environments = spec.List("environments", Vocabulary.Environment.Format, []),
            ApproverGroups = spec.List("approverGroups", Formats.Text(128), fallback: null, least: 1),
            Quorum = spec.Optional("quorum", Formats.Integer(1, 10), 1),
            TimeToDecide = spec.Optional("timeToDecide", Decide, TimeSpan.FromHours(1)),
            TimeToUse = spec.Optional("timeToUse", Use, TimeSpan.FromMinutes(15)),
            // As elsewhere, documents that don't say it keep their digest.
            Message = spec.Has("message") ? spec.Required("message", Formats.Text(256)) : "",
            OwnersMayApprove = spec.Has("ownersMayApprove") && spec.Required("ownersMayApprove", Formats.Bool),
            BreakGlass = spec.Section("breakGlass", ReadBreakGlass),
            Hold = spec.OptionalValue("hold", Waiting) ?? TimeSpan.Zero,
            Source = header.Source,
        };
    }

    private static BreakGlass ReadBreakGlass(MappingReader spec) =>
        new(
            spec.List("groups", Formats.Text(128), fallback: null, least: 1),
            spec.Optional("perDay", Formats.Integer(1, BreakGlass.MostPerDay), BreakGlass.MostPerDay)
        );
}
