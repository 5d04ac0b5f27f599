using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Generators;

/// <summary>A snapshot, an intent and facts: one question to the evaluator.</summary>
internal sealed record Judged(Snapshot Snapshot, Intent Intent, Facts Facts)
{
    public Decision Judge() => Evaluator.Evaluate(Snapshot, Intent, Facts);

    /// <summary>Only what tells cases apart: it is printed where a property fails.</summary>
    public override string ToString()
    {
        var dossier = Snapshot.Find(Intent.Tenant)?.Agents.GetValueOrDefault(Intent.Agent);
        var decision = Judge();
        return $"{Intent} {Facts} {dossier?.Agent} {string.Join(", ", dossier?.Permissions.Select(p => $"{p.Key}: {p.Value}") ?? [])} "
            + $"{decision.Verdict} for {string.Join(", ", decision.Reasons)}";
    }
}
