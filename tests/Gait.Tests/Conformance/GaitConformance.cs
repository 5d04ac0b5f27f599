namespace Gateway.Gait.Tests.Conformance;

/// <summary>Runs the published cases of a folder through the rule engine. Whoever calls it decides what a failure means.</summary>
public sealed class GaitConformance
{
    private readonly Corpus _corpus;

    /// <param name="path">The index of the cases, or the folder that holds it as <c>index.json</c>.</param>
    public GaitConformance(string path) => _corpus = new Corpus(path);

    public IReadOnlyList<CaseGroup> Run() =>
        [
            new("gate_cases", GateCases.Run(_corpus)),
            new("gate_cases digests", GateDigestCases.Run(_corpus)),
            new("policy_parse_cases", ParseCases.Run(_corpus)),
            new("broker_requirement_cases", SmallCases.Broker(_corpus)),
            new("intent_cases", IntentCases.Run(_corpus)),
            new("intent_digest_relations", IntentCases.Relations(_corpus)),
            new("credential_heuristic_cases", SmallCases.Heuristic(_corpus)),
            new("pattern_cases", SmallCases.Patterns(_corpus)),
            new("adapter_cases", AdapterCases.Run(_corpus)),
            new("mcp_trust_cases", TrustCases.Run(_corpus)),
            new("rate_limit_cases", LimitCases.Run(_corpus)),
            new("rate_limit_merge_cases", LimitCases.Merges(_corpus)),
            new("canonical_json_cases", SmallCases.Canonical(_corpus)),
        ];
}
