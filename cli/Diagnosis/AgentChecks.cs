using System.Globalization;
using Gateway.Authoring.Gaps;
using Gateway.Policy.Compilation;

namespace Gateway.Cli.Diagnosis;

/// <summary>What agents were granted and still can't do.</summary>
internal static class AgentChecks
{
    // More would bury the other findings.
    private const int MostTold = 20;

    public static IEnumerable<Finding> Of(Snapshot snapshot)
    {
        const string Check = "agents";
        var gaps = AgentGap.Of(snapshot, TimeProvider.System.GetUtcNow()).Take(MostTold + 1).ToList();
        foreach (var gap in gaps.Take(MostTold))
        {
            yield return new Finding(Check, FindingStatus.Warn, gap.Text, gap.Remedy);
        }

        if (gaps.Count > MostTold)
        {
            var more = string.Create(CultureInfo.InvariantCulture, $"More than {MostTold} such gaps: 'gateway policy validate' shows all.");
            yield return new Finding(Check, FindingStatus.Warn, more, "Mend those above first.");
        }

        if (gaps.Count == 0)
        {
            yield return new Finding(Check, FindingStatus.Pass, "Every agent can do what it is granted.");
        }
    }
}
