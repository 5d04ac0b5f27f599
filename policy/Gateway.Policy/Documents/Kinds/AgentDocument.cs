using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: Agent</c>. Owners and level may be missing: the controls then say so at every action.</summary>
internal static class AgentDocument
{
    private const int MaxPerson = 200;
    private const int MaxPurpose = 500;
    private const int MaxVersion = 64;
    private const int MaxUid = 64;

    public static Agent Read(DocumentHeader header, MappingReader spec)
    {
        var owners = spec.Section(
            "owners",
            section => new Owners(
                section.OptionalText("human", Formats.Text(MaxPerson)),
                section.OptionalText("security", Formats.Text(MaxPerson))
            )
        );
        return new Agent
        {
            Tenant = header.Tenant,
            Workspace = spec.Reference("workspace", DocumentKinds.Workspace, Workspace.Default),
            Id = header.NameAs<Agent>(),
            Uid = spec.OptionalText("uid", Formats.Text(MaxUid)),
            HumanOwner = owners?.Human,
            SecurityOwner = owners?.Security,
            Purpose = spec.OptionalText("purpose", Formats.Text(MaxPurpose)) ?? "",
            Status = spec.Required("status", Vocabulary.Status.Format),
            Level = spec.OptionalValue("level", Vocabulary.Level.Format) ?? AtfLevel.Unassigned,
            Risk = spec.Required("risk", Vocabulary.Risk.Format),
            Version = spec.OptionalText("version", Formats.Text(MaxVersion)) ?? "",
            Limits = spec.ReadAgentLimits(),
            BearerTools = spec.Optional("bearerTools", Formats.Bool, false),
            TenantReceipts = spec.Optional("tenantReceipts", Formats.Bool, false),
            Purposes = spec.List("purposes", Formats.Name, []),
            Capabilities = CapabilityFields.Read(spec),
            Hours = HoursFields.Read(spec),
            Cumulative = AgentLimitFields.ReadCumulative(spec),
            Children = AgentLimitFields.ReadChildren(spec),
            Demote = DemotionFields.Read(spec),
            Promotions = PromotionFields.Read(spec),
            Source = header.Source,
        };
    }

    private sealed record Owners(string? Human, string? Security);
}
