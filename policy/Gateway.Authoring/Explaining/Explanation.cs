using Gateway.Authoring.Changes;
using Gateway.Authoring.Search;
using Gateway.Policy.Compilation;
using Gateway.Policy.Conditions;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Explaining;

/// <summary>A decision with all that explains it. Made on demand, never on the path of a request.</summary>
/// <param name="Decision">The whole action's: the strictest of its parts.</param>
/// <param name="Parts">The operation's own decision first, then each hosted tool's.</param>
/// <param name="Limits">Those of the agent, which hold whatever is decided; null where it isn't registered.</param>
/// <param name="WouldAllow">What would make the answer different.</param>
public sealed record Explanation(
    Intent Intent,
    Facts Facts,
    Decision Decision,
    IReadOnlyList<ExplainedPart> Parts,
    AgentLimits? Limits,
    WouldAllow WouldAllow
)
{
    public static Explanation Create(Snapshot snapshot, Intent intent, Facts facts)
    {
        var situation = Situation.From(snapshot, intent, facts);
        return new Explanation(
            intent,
            facts,
            situation.Judge(),
            [
                .. situation
                    .Parts()
                    .Select(p => new ExplainedPart(
                        p.Operation,
                        p.Decision,
                        ConditionTraces.Collect(snapshot, intent with { Operation = p.Operation, HostedTools = [] }, facts)
                    )),
            ],
            situation.Dossier?.Limits,
            ChangeSearch.Find(snapshot, intent, facts)
        );
    }
}

/// <summary>The operation asked for, or a tool that the provider would run for it, judged by itself.</summary>
/// <param name="Conditions">Of the rules that may be about it.</param>
public sealed record ExplainedPart(Id<Operation> Operation, Decision Decision, IReadOnlyList<ConditionTrace> Conditions);
