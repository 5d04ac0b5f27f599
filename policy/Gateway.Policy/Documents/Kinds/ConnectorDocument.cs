using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>kind: Connector</c>.</summary>
internal static class ConnectorDocument
{
    public static Connector Read(DocumentHeader header, MappingReader spec)
    {
        var type = spec.Required("type", Vocabulary.ConnectorType.Format);
        var isMcp = type == ConnectorType.Mcp;
        var address =
            ModelApi.AddressOf(type) is { } usual && !spec.Has("baseAddress")
                ? spec.Optional("baseAddress", AddressFormats.Base, usual)
                : spec.Required("baseAddress", isMcp ? AddressFormats.Endpoint : AddressFormats.Base);
        var credential = spec.Section("credential", section => CredentialFields.Read(section, type));
        var isModel = type is ConnectorType.OpenAi or ConnectorType.Anthropic;
        var tools = isModel ? HostedToolFields.ReadAll(spec, type) : [];
        ForeignFields.Check(spec, type);
        var requests = isMcp ? McpFields.ReadRequests(spec) : ServerRequests.None;
        var errors = spec.Context.Errors.Count;
        IReadOnlyList<Operation> operations =
            isModel ? [.. ModelFields.ReadOperations(spec, type), .. tools]
            : isMcp ? McpFields.ReadOperations(spec, requests)
            : OperationFields.ReadAll(spec, credential, type);
        return new Connector
        {
            Tenant = header.Tenant,
            Id = header.NameAs<Connector>(),
            Type = type,
            BaseAddress = address,
            Scope = spec.Optional("scope", Vocabulary.Scope.Format, TargetScope.External),
            TargetSystem = spec.Optional("targetSystem", Formats.Text(128), header.Name.ToString()),
            Environment = spec.Optional("environment", Vocabulary.Environment.Format, DeploymentEnvironment.Production),
            Egress = ReadEgress(spec, address),
            Credential = credential,
            Operations = operations,
            Compares = isModel
                ? SystemComparison.Loose
                : spec.Section("compares", section => ReadComparison(section, type)) ?? SystemComparison.Loose,
            Models = isModel ? ModelOfferFields.Read(spec, type) : [],
            Agents = isModel && spec.Has("agents") ? spec.References<Agent>("agents", DocumentKinds.Agent, []) : [],
            Mcp = isMcp ? McpFields.Read(spec, operations, requests, errors) : null,
            HostedTools = [.. tools.Select(tool => tool.Id.ToString())],
            Unknown =
                !isModel ? UnknownMembers.Refuse
                : spec.Has("unknown") ? spec.Required("unknown", Vocabulary.Unknown.Format)
                : UnknownMembers.Drop, // As with the comparison, documents that don't say it keep their digest.
            ProviderState =
                !isModel ? ProviderState.None
                : spec.Has("providerState") ? spec.Required("providerState", Vocabulary.ProviderState.Format)
                : ProviderState.Owned,
            Rate = spec.ReadRate(),
            Concurrency = spec.ReadConcurrency(),
            Timeouts = spec.SectionOrEmpty("timeouts", ResilienceFields.ReadTimeouts) ?? ConnectorTimeouts.Default,
            Breaker = spec.SectionOrEmpty("breaker", ResilienceFields.ReadBreaker) ?? CircuitBreaker.Default,
            Bodies = BodyFields.Read(spec, operations),
            Source = header.Source,
        };
    }

    /// <summary>Where it isn't there the canonical form says nothing of it, so that documents from before it keep their digest.</summary>
    private static SystemComparison ReadComparison(MappingReader section, ConnectorType type)
    {
        if (type == ConnectorType.Mcp && section.Has("paths"))
        {
            section.Fail("paths", "An MCP server has one path, its address.", "Remove it: of a server's things no other spelling fits.");
        }

        return new SystemComparison(
            section.Optional("paths", Vocabulary.Spelling.Format, Spelling.Loose),
            section.Optional("names", Vocabulary.Spelling.Format, Spelling.Loose)
        );
    }

    private static IReadOnlyList<string> ReadEgress(MappingReader spec, Uri? address)
    {
        IReadOnlyList<string> own = address is null ? [] : [AddressFormats.HostAndPortOf(address)];
        var egress = spec.List("egress", AddressFormats.HostAndPort, own);
        if (own.Count > 0 && !egress.Contains(own[0]))
        {
            spec.Fail("egress", "The base address' own host and port aren't in the list, so nothing could be sent.", $"Add '{own[0]}'.");
        }

        return egress;
    }
}
