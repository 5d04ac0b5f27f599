using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>Holds what was decided to what was wanted.</summary>
public static class CaseComparison
{
    /// <summary>Everything that differs; nothing for a case that passes.</summary>
    public static IReadOnlyList<CaseDifference> Compare(WantedAnswer wanted, CaseAnswer got)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(got);
        var differences = new List<CaseDifference>();
        if (wanted.Verdict != got.Verdict)
        {
            differences.Add(new CaseDifference("verdict", Vocabulary.Verdict.Text(wanted.Verdict), Vocabulary.Verdict.Text(got.Verdict)));
        }

        AddUnlessSame(differences, "reasons", wanted.Reasons, got.Reasons);
        AddUnlessSame(differences, "rules", wanted.Rules, got.Rules);
        AddUnlessSame(differences, "codes", wanted.Codes, got.Codes);
        if (wanted.ReasonsInclude is { } least && least.Except(got.Reasons, StringComparer.Ordinal).Any())
        {
            differences.Add(new CaseDifference("reasonsInclude", Text(least), Text(got.Reasons)));
        }

        if (wanted.Obligations is { } obligations && obligations != got.Obligations)
        {
            differences.Add(new CaseDifference("obligations", CaseObligations.Text(obligations), CaseObligations.Text(got.Obligations)));
        }

        return differences;
    }

    private static void AddUnlessSame(
        List<CaseDifference> differences,
        string what,
        IReadOnlyList<string>? wanted,
        IReadOnlyList<string> got
    )
    {
        if (wanted is not null && !wanted.ToHashSet(StringComparer.Ordinal).SetEquals(got))
        {
            differences.Add(new CaseDifference(what, Text(wanted), Text(got)));
        }
    }

    private static string Text(IReadOnlyList<string> codes) =>
        codes.Count == 0 ? "none" : string.Join(", ", codes.Order(StringComparer.Ordinal));
}

/// <summary>One thing that came out otherwise than wanted.</summary>
/// <param name="What">As the case's file calls it: <c>verdict</c>, <c>reasons</c> …</param>
public sealed record CaseDifference(string What, string Wanted, string Got)
{
    public override string ToString() => $"{What}: wanted {Wanted}, got {Got}";
}
