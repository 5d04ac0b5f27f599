using Gateway.Policy.Model;

namespace Gateway.Cli.Starting;

/// <summary>The smallest governance that works: one agent, one model provider, and what goes without saying left out.</summary>
/// <param name="BaseAddress">Null for the provider's own.</param>
/// <param name="Models">Names, or their beginnings with a star; empty for all that are known of the type.</param>
/// <param name="Owner">Who answers for the agent.</param>
internal sealed record FirstGovernance(ConnectorType Type, Id<Agent> Agent, string? BaseAddress, IReadOnlyList<string> Models, string Owner)
{
    /// <value>Output tokens of a model that nobody knows: what is reserved where a call doesn't say.</value>
    private const int UnknownMost = 8192;

    public string Connector => Vocabulary.ConnectorType.Text(Type);

    /// <summary>Where the provider's key goes.</summary>
    public string Reference => $"vault://local/{Connector}#key";

    /// <summary>As YAML.</summary>
    public override string ToString() =>
        Entitled
        + $$"""
            apiVersion: gateway/v1
            kind: Agent
            metadata: {name: {{Agent}}}
            spec: {owners: {human: {{Quoted(Owner)}}, security: {{Quoted(Owner)}}}, status: active, level: L2, risk: low}
            ---
            apiVersion: gateway/v1
            kind: Connector
            metadata: {name: {{Connector}}}
            spec: {type: {{Connector}}, agents: [{{Agent}}], credential: {reference: {{Quoted(Reference)}}}{{Address}}{{Offers}}}

            """;

    /// <summary>The tenant goes without saying, unless the provider isn't on a public address.</summary>
    private string Entitled =>
        Uri.TryCreate(BaseAddress, UriKind.Absolute, out var address)
        && WideEgress.SpaceOf(address.Authority) is AddressSpace.Private or AddressSpace.Reserved
            ? $"{{apiVersion: gateway/v1, kind: Tenant, metadata: {{name: {Tenant.Default}}}, "
                + $"spec: {{entitlements: [{WideEgressWord}]}}}}\n---\n"
            : "";

    private static string WideEgressWord => Vocabulary.Entitlement.Text(Entitlement.WideEgress);

    private string Address => BaseAddress is null ? "" : $", baseAddress: {Quoted(BaseAddress)}";

    private string Offers => Models.Count == 0 ? "" : $", models: [{string.Join(", ", Models.Select(Offer))}]";

    private string Offer(string model) =>
        KnownModels.MostTokens(Type, model) is null
            ? $"{{match: {Quoted(model)}, maxTokens: {UnknownMost}}}"
            : $"{{match: {Quoted(model)}}}";

    /// <summary>JSON's strings are YAML's too.</summary>
    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
