using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Decisions;

/// <summary>Gathers the facts and asks the evaluator: a direct call of a pure function. Knows nothing of HTTP.</summary>
public sealed class DecisionRoom
{
    public Judgement Judge(ReadIntent read, AdmittedRequest admitted)
    {
        var facts = new Facts(admitted.Status);
        var snapshot = read.Envelope.Snapshot;
        var decision = Evaluator.Evaluate(snapshot, read.Intent, facts);
        foreach (var tool in read.Reading.HostedTools)
        {
            // What the provider would run for the agent is an operation of its own. The stricter answer counts for the whole call.
            var ofTool = Id<Operation>.TryParse(tool, out var operation)
                ? Evaluator.Evaluate(snapshot, read.Intent with { Operation = operation }, facts)
                : new Decision { Reasons = [ReasonCode.ToolNotPermitted] };
            if (ofTool.Verdict < decision.Verdict)
            {
                decision = ofTool;
            }
        }

        return new Judgement(admitted.DecisionId, decision, facts, read, admitted);
    }
}
