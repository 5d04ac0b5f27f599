using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Gait.Intents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Gating;

/// <summary>
/// What a rule file's rules alone say of an intent in a file: what they ask beside their verdict isn't looked at, and nothing is written.
/// </summary>
internal sealed record RuleJudgement(RuleIntent Intent, RuleOutcome Outcome)
{
    public Sha256Digest IntentDigest => IntentDigests.Compute(Intent);

    public string MatchedRule => string.Join(',', Outcome.MatchedRules);

    /// <exception cref="InvalidInputException">The intent can't be read or judged.</exception>
    public static RuleJudgement Judge(GatePolicy policy, string intentPath, DateTimeOffset now)
    {
        var read = IntentReader.Read(ArtifactFile.Read(intentPath, IntentReader.MaxBytes));
        var outcome = policy.Engine.Evaluate(read, new RuleFacts { Now = now, KillSwitch = KillSwitch.NotUsed });
        return outcome.Errors.Count == 0 && read.TryGet(out var intent)
            ? new RuleJudgement(intent, outcome)
            : throw new InvalidInputException([
                .. outcome.Errors.Select(error => new CommandError(
                    $"The intent '{intentPath}' can't be judged: {error.Field}: {error.Problem}",
                    "Correct the intent."
                )),
            ]);
    }
}
