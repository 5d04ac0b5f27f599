using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Decisions;

/// <summary>Gathers the facts and asks the evaluator: a direct call of a pure function. Knows nothing of HTTP.</summary>
public sealed partial class DecisionRoom(TimeProvider time, ILogger<DecisionRoom> logger)
{
    public Judgement Judge(ReadIntent read, AdmittedRequest admitted)
    {
        var facts = new Facts(admitted.Standing.Status, time.GetUtcNow(), admitted.Standing.Level);
        var decision = Evaluator.Evaluate(read.Envelope.Snapshot, read.Intent, facts);
        if (decision.OpensIncident)
        {
            Log.Incident(logger, admitted.DecisionId, read.Intent.Tenant, read.Intent.Agent);
        }

        return new Judgement(admitted.DecisionId, decision, facts, read, admitted);
    }

    /// <summary>
    /// Whether a reduced form of what was judged may go out under the same decision: judged by the same snapshot and facts, it asks for no stricter verdict and for no
    /// obligation that the decision doesn't have.
    /// </summary>
    public static bool Covers(Judgement judgement, Intent reduced)
    {
        var decision = judgement.Decision;
        var again = Evaluator.Evaluate(judgement.Read.Envelope.Snapshot, reduced, judgement.Facts);
        var watched = decision.Obligations with { LogDetailed = true };
        return again.Verdict is Verdict.Allow or Verdict.Degrade && watched.Merge(again.Obligations) == watched;
    }

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Error, "Decision {DecisionId} opens an incident: a critical control failed for agent {Agent} of {Tenant} while a critical finding is open")]
        public static partial void Incident(ILogger logger, string decisionId, Id<Tenant> tenant, Id<Agent> agent);
    }
}
