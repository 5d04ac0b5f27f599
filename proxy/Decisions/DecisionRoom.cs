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
        var decision = Evaluator.Evaluate(read.Envelope.Snapshot, read.Intent, facts);
        return new Judgement(admitted.DecisionId, decision, facts, read, admitted);
    }
}
