using Gateway.Gait.Intents;
using Gateway.Policy.Documents;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Regress.Fixtures;

/// <summary>
/// Judges recorded requests by a policy as it is now. Emergency stops and evidence that come from elsewhere aren't part of it.
/// </summary>
public sealed class PolicyJudge
{
    private readonly RuleEngine _engine;

    private PolicyJudge(RulePolicy policy) => _engine = new RuleEngine(policy);

    /// <exception cref="RegressException">The policy has errors; the first is said.</exception>
    public static PolicyJudge Parse(string file, string text)
    {
        var read = RulePolicyReader.Read(new SourceFile(file, text));
        return read.TryGet(out var policy)
            ? new PolicyJudge(policy)
            : throw new RegressException(read.Errors.Count > 0 ? read.Errors[0].ToString() : $"{file} can't be read.");
    }

    /// <summary>What it says of a request, as a case would have it.</summary>
    /// <param name="at">The time that counts as now: the run's.</param>
    public RegressCase Judge(string file, ReadOnlySpan<byte> request, DateTimeOffset at)
    {
        var read = IntentReader.Read(request);
        var outcome = _engine.Evaluate(read, new RuleFacts { Now = at, KillSwitch = KillSwitch.NotUsed });
        var digest = read.TryGet(out var intent) ? IntentDigests.Compute(intent).ToString() : "";
        return new RegressCase(file, digest, RuleVerdicts.Word(outcome.Verdict), outcome.ReasonCodes);
    }
}
