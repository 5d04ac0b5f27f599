using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Cli.Gating;

/// <summary>A rule file that is ready to judge.</summary>
internal sealed record GatePolicy(RulePolicy Policy, Sha256Digest Digest, RuleEngine Engine)
{
    /// <exception cref="InvalidInputException">It can't be read, or has errors: all of them are said.</exception>
    public static GatePolicy Read(string path)
    {
        var read = RulePolicyReader.Read(new SourceFile(path, ArtifactFile.ReadText(path, SourceFile.MaxBytes)));
        return read.TryGet(out var policy) ? From(policy) : throw new InvalidInputException([.. read.Errors.Select(CommandError.From)]);
    }

    /// <returns>Null where the text is no rule file.</returns>
    public static GatePolicy? TryRead(string path, string text) =>
        RulePolicyReader.Read(new SourceFile(path, text)).TryGet(out var policy) ? From(policy) : null;

    /// <summary>No rules, for a call that governance alone judges: what isn't granted is refused there.</summary>
    public static GatePolicy Silent { get; } = From(new RulePolicy { IsOverlay = true, DefaultVerdict = Verdict.Allow });

    private static GatePolicy From(RulePolicy policy) => new(policy, PolicyCanonicalForm.Digest(policy), new RuleEngine(policy));

    /// <summary>What the file is, as Gait answers it.</summary>
    public JsonObject Describe() =>
        new()
        {
            ["schema_id"] = RulePolicy.SchemaId,
            ["schema_version"] = RulePolicy.SchemaVersion,
            ["policy_digest"] = Digest.ToString(),
            ["default_verdict"] = RuleVerdicts.Word(Policy.DefaultVerdict),
            ["rule_count"] = Policy.Rules.Count,
        };
}
