using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Governing;

/// <summary>
/// One agent of compiled governance, as which tool calls are judged: by the controls and the evaluator that judge its requests at a running
/// gateway. Nothing here counts a limit or knows what was changed at run time. Immutable; thread-safe.
/// </summary>
/// <param name="snapshot">As it was compiled; a change of the documents makes another agent.</param>
/// <param name="tenant">The agent's, of this snapshot.</param>
/// <param name="agent">Of this tenant.</param>
/// <param name="strength">How whoever asks had the agent prove itself. A bearer opens less than a signature, and none opens
/// nothing.</param>
public sealed class GovernedAgent(Snapshot snapshot, TenantSnapshot tenant, AgentDossier agent, AuthStrength strength)
{
    /// <summary>The arguments are known; the path and the query aren't: a rule that reads them blocks.</summary>
    private static readonly ActionParts Known = new([ArgumentPath.Whole], Query: false);

    public Sha256Digest Revision => snapshot.Revision;

    public Id<Agent> Id => agent.Agent.Id;

    /// <summary>
    /// What stands for the rules and this governance together: an approval or a trace of one says nothing of the other.
    /// </summary>
    public Sha256Digest Bind(Sha256Digest rules)
    {
        Span<byte> both = stackalloc byte[2 * Sha256Digest.Length];
        rules.CopyTo(both);
        Revision.CopyTo(both[Sha256Digest.Length..]);
        return Sha256Digest.Compute(both);
    }

    /// <summary>
    /// Judges a call of <c>connector/operation</c>; of a script each step, the strictest of which counts. A tool of another name is
    /// one that nothing grants.
    /// </summary>
    public GovernedVerdict Judge(RuleIntent intent, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(intent);
        return intent.IsScript
            ? intent.Steps.Select(step => Judge(intent, step.ToolName, step.Args, now)).Aggregate((one, other) => one.And(other))
            : Judge(intent, intent.ToolName, intent.Args, now);
    }

    private GovernedVerdict Judge(RuleIntent whole, string tool, ReadOnlyMemory<byte> args, DateTimeOffset now)
    {
        var slash = tool.IndexOf('/', StringComparison.Ordinal);
        _ = Id<Connector>.TryParse(slash < 0 ? "" : tool[..slash], out var connectorId);
        _ = Id<Operation>.TryParse(tool[(slash + 1)..], out var operationId);
        var connector = tenant.Connectors.GetValueOrDefault(connectorId);
        var operation = connector?.Operations.FirstOrDefault(one => one.Id == operationId);
        var decision = Evaluator.Evaluate(
            snapshot,
            new Intent
            {
                Tenant = tenant.Tenant.Id,
                Workspace = agent.Agent.Workspace,
                Agent = Id,
                Strength = strength,
                Door = Door.Tool,
                Connector = connectorId,
                Operation = operationId,
                Session = whole.Context.SessionId is { Length: > 0 } session ? session : null,
                Environment = Stricter(connector?.Environment ?? default, whole.Context.Environment),
                Target = new IntentTarget(
                    operation?.Methods is [var method, ..] ? method : "POST",
                    connector?.Authority ?? "",
                    operation?.Path.Text ?? "/",
                    default,
                    Sha256Digest.Compute(args.Span)
                ),
                Arguments = args,
                Known = Known,
            },
            new Facts(null, now)
        );
        return GovernedVerdict.Of(decision, Unmet(decision, connector, operation));
    }

    /// <summary>Why what the controls allow can't be allowed here; null for nothing.</summary>
    private string? Unmet(Decision decision, Connector? connector, Operation? operation) =>
        decision.Verdict != Verdict.Allow ? null
        : decision.Undetermined ? "governance_undetermined_here"
        : connector?.Type == ConnectorType.Mcp ? "mcp_call_not_judged_here"
        : connector?.Type != ConnectorType.Http ? "model_call_not_judged_here"
        : agent.Agent.Cumulative is not null && operation?.Action != ActionType.Read ? "limit_not_enforceable_here"
        : null;

    /// <summary>What a caller says of its environment can only add to the connector's.</summary>
    private static DeploymentEnvironment Stricter(DeploymentEnvironment own, string claimed) =>
        own != DeploymentEnvironment.Unspecified && Vocabulary.Environment.TryParse(claimed, out var other) && other > own ? other : own;
}
