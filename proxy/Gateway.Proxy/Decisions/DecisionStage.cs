using Gateway.Evidence.Records;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Decisions;

/// <summary>Gathers the facts and asks the evaluator: a direct call of a pure function. Knows nothing of HTTP.</summary>
public sealed partial class DecisionStage(TimeProvider time, ILogger<DecisionStage> logger)
{
    /// <param name="standing">How the agent stands now.</param>
    /// <param name="approval">What people approved, for an action that is judged once more; null for none.</param>
    public Judgement Judge(ParsedRequest read, AdmittedRequest admitted, AgentStanding standing, ApprovalFact? approval = null)
    {
        // To the millisecond, as records have it: an auditor must judge by the same moment.
        var now = time.GetUtcNow();
        var facts = new Facts(standing.Status, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)), standing.Level, approval);
        var snapshot = read.Envelope.Snapshot;
        var decision = Evaluator.Evaluate(snapshot, read.Intent, facts);
        if (decision.OpensIncident && approval is null) // With one, the decision counts only where it lets the action go ahead.
        {
            Log.Incident(logger, admitted.DecisionId, read.Intent.Tenant, read.Intent.Agent);
        }

        return new Judgement(admitted.DecisionId, decision, facts, read, admitted)
        {
            Values = Keep(snapshot, read.Intent),
            Conditions = Judgement.Owes(decision)
                ? DetailOfConditions.Of(snapshot, read.Intent, facts, decision.Obligations.RedactRequest)
                : DetailedConditions.None,
            Shadow = ShadowOf(snapshot, read.Intent) is { } shadow
                ? JudgeShadow(shadow, read.Intent, facts, decision, admitted.DecisionId)
                : null,
        };
    }

    /// <summary>The digest of everything that the action is.</summary>
    public static Sha256Digest DigestOf(Intent intent) => IntentLayout.DigestOf(intent);

    /// <summary>Now, and not when the record is made: the body may be another one by then.</summary>
    private static RecordedArguments Keep(Snapshot snapshot, Intent intent)
    {
        var parts = ActionReads.Find(snapshot, intent);
        return ActionReads.Keep(intent, ShadowOf(snapshot, intent) is { } shadow ? parts.And(ActionReads.Find(shadow, intent)) : parts);
    }

    /// <summary>Null where its tenant has no shadow documents.</summary>
    private static Snapshot? ShadowOf(Snapshot snapshot, Intent intent) =>
        snapshot.Shadow is { } shadow && shadow.Find(intent.Tenant) is not null ? shadow : null;

    /// <summary>What would have been decided; whatever goes wrong in it is its own affair.</summary>
    private ShadowJudgement JudgeShadow(Snapshot shadow, Intent intent, Facts facts, Decision real, string decisionId)
    {
        var revision = shadow.Find(intent.Tenant)?.Revision ?? default;
        try
        {
            var decision = Evaluator.Evaluate(shadow, intent, facts);
            return new ShadowJudgement(revision, decision, !real.AnswersLike(decision));
        }
        catch (Exception e)
        {
            Log.ShadowFailed(logger, decisionId, e);
            return new ShadowJudgement(revision, null, Changed: false);
        }
    }

    /// <summary>
    /// Whether a reduced form of what was judged may go out under the same decision: judged by the same snapshot and facts, it asks for no
    /// stricter verdict and for no obligation that the decision doesn't have.
    /// </summary>
    public static bool Covers(Judgement judgement, Intent reduced)
    {
        var decision = judgement.Decision;
        var again = Evaluator.Evaluate(judgement.Read.Envelope.Snapshot, reduced, judgement.Facts);
        return again.Verdict is Verdict.Allow or Verdict.Degrade
            && (again.Obligations == decision.Obligations || Covers(decision.Obligations, again.Obligations));
    }

    /// <summary>Watching more closely is no obligation of the action.</summary>
    private static bool Covers(Policy.Model.Obligations decided, Policy.Model.Obligations again)
    {
        var watched = decided with { LogDetailed = true };
        return watched.Merge(again) == watched;
    }

    private static partial class Log
    {
        [LoggerMessage(5002, LogLevel.Warning, "Decision {DecisionId} stands, but the shadow documents could not judge it")]
        public static partial void ShadowFailed(ILogger logger, string decisionId, Exception exception);

        [LoggerMessage(
            5001,
            LogLevel.Error,
            "Decision {DecisionId} opens an incident: a critical control failed for agent {Agent} of {Tenant} while a critical finding "
                + "is open"
        )]
        public static partial void Incident(ILogger logger, string decisionId, Id<Tenant> tenant, Id<Agent> agent);
    }
}

/// <summary>A decision about one admitted intent. Says what may happen; gives nothing that makes it happen.</summary>
/// <param name="DecisionId">Unique; in the answer and in every record of the action.</param>
/// <param name="Facts">What was read beside the documents.</param>
public sealed record Judgement(string DecisionId, Decision Decision, Facts Facts, ParsedRequest Read, AdmittedRequest Admitted)
{
    /// <summary>What of the arguments and the query it rests on, for the record.</summary>
    public RecordedArguments Values { get; init; } = RecordedArguments.Nothing;

    /// <summary>What the shadow documents say; null where there are none.</summary>
    public ShadowJudgement? Shadow { get; init; }

    /// <summary>Why it doesn't go ahead, beside what was decided; null where the decision says it all.</summary>
    public Refusal? Refused { get; init; }

    /// <summary>How long the caller would have waited for people, where that was heeded; null where it wasn't, or wasn't asked.</summary>
    public TimeSpan? Waited { get; init; }

    /// <summary>What the rules' conditions gave; none unless it is recorded in detail.</summary>
    public DetailedConditions Conditions { get; init; } = DetailedConditions.None;

    /// <summary>Whether it goes ahead only if it is recorded in detail.</summary>
    public bool IsDetailed => Owes(Decision);

    internal static bool Owes(Decision decision) =>
        decision is { Verdict: Verdict.Allow or Verdict.Degrade, Obligations.LogDetailed: true };
}
