using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Brokers;

/// <summary>What a broker is asked for: a credential for this action of this caller, and for nothing else.</summary>
/// <param name="Reference">What the rule, or else the caller, names; empty for the broker's own choice.</param>
/// <param name="Scopes">Sorted, each once.</param>
internal sealed record BrokerRequest(RuleIntent Intent, string Reference, IReadOnlyList<string> Scopes)
{
    /// <param name="demand">What the rules ask for. It goes before what the command line names.</param>
    public static BrokerRequest Create(RuleIntent intent, BrokerDemand demand, string reference, IReadOnlyList<string> scopes) =>
        new(
            intent,
            demand.Reference.Length > 0 ? demand.Reference : reference,
            [.. (demand.Scopes.Count > 0 ? demand.Scopes : scopes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        );

    /// <summary>What a credential's target binding must be.</summary>
    public string TargetBinding => TargetDigest.Compute(Intent.Targets).ToString();

    /// <summary>Of the canonical request: a broker that answers repeats it, so that its answer is for this request alone.</summary>
    public Sha256Digest Digest => ArtifactJson.Digest(ToJson());

    /// <summary>As a command reads it; the names are those of Gait.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["ToolName"] = Intent.ToolName,
            ["Identity"] = Intent.Context.Identity,
            ["Workspace"] = Intent.Context.Workspace,
            ["SessionID"] = Intent.Context.SessionId,
            ["RequestID"] = Intent.Context.RequestId,
            ["Reference"] = Reference,
            ["Scope"] = Scopes.ToJson(),
            ["TargetBinding"] = TargetBinding,
            ["RunBinding"] = Intent.Context.RunId,
            ["JobBinding"] = Intent.Context.JobId,
        };
}
