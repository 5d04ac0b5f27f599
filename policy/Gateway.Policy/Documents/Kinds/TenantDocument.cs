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
            AgentDefaults = spec.Section("agentDefaults", LimitFields.ReadAgentLimits),
            Profile = ProfileReference.Read(spec),
            ReasonsFor = spec.List("reasonsFor", Vocabulary.Change.Format, []),
            Entitlements = spec.Has("entitlements") // Documents that don't list any keep their digest.
                ? Entitlements.Of(spec.List("entitlements", Vocabulary.Entitlement.Format, []))
                : default,
            Source = header.Source,
        };
}

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

/// <summary>Reads the name of a profile: one that ships, or a document of the same tenant.</summary>
internal static class ProfileReference
{
    private const string Field = "profile";

    public static Id<Profile>? Read(MappingReader spec)
    {
        var id = spec.OptionalValue(Field, Formats.Id<Profile>());
        if (id is { IsEmpty: false } named && BuiltInProfiles.All.All(p => p.Id != named))
        {
            spec.Refer(DocumentKinds.Profile, named.ToString(), Field);
        }

        return id;
    }
}
