using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

/// <summary>Open findings and risks are dealt with.</summary>
internal sealed record CloseFindings(IReadOnlyList<Finding> Findings)
    : DossierChange(
        ChangeKind.CloseFindings,
        $"close the {Words.List([.. Findings.Select(f => $"{(f.IsRisk ? "risk" : "finding")} '{f.Name}'")])}"
    )
{
    /// <summary>Null for none.</summary>
    public static CloseFindings? For(IEnumerable<Finding> findings) =>
        findings.ToList() is { Count: > 0 } some ? new CloseFindings(some) : null;

    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier with
        {
            OpenFindings = [.. dossier.OpenFindings.Where(f => !Findings.Contains(f))],
        };
}
