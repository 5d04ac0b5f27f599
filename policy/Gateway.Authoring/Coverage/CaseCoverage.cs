using Gateway.Authoring.Changes;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Coverage;

/// <summary>
/// Which parts of the governance a set of cases exercises. Each list holds all there is, the ones without a case too, in a fixed order.
/// </summary>
/// <param name="Controls">Each control passing and failing.</param>
/// <param name="Reasons">Those that a decision can have.</param>
/// <param name="Permissions">Each operation granted to each agent.</param>
/// <param name="Rules">Each rule of each policy; one counts where it mattered to the outcome.</param>
public sealed record CaseCoverage(
    IReadOnlyList<CoverageItem> Controls,
    IReadOnlyList<CoverageItem> Reasons,
    IReadOnlyList<CoverageItem> Permissions,
    IReadOnlyList<CoverageItem> Rules
)
{
    /// <summary>By the real evaluator's decisions about each case and each of its hosted tools.</summary>
    public static CaseCoverage Compute(Snapshot snapshot, IEnumerable<(Intent Intent, Facts Facts)> cases)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(cases);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (intent, facts) in cases)
        {
            var situation = Situation.From(snapshot, intent, facts);
            foreach (
                var name in situation
                    .Parts()
                    .SelectMany(part => CoverageNames.Of(intent, part.Operation, part.Decision))
                    .Distinct(StringComparer.Ordinal)
            )
            {
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }
        }

        return new CaseCoverage(
            Count(CoverageNames.AllControls, counts),
            Count(CoverageNames.AllReasons, counts),
            Count(CoverageNames.AllPermissions(snapshot), counts),
            Count(CoverageNames.AllRules(snapshot), counts)
        );
    }

    private static IReadOnlyList<CoverageItem> Count(IEnumerable<string> names, Dictionary<string, int> counts) =>
        [.. names.Select(name => new CoverageItem(name, counts.GetValueOrDefault(name)))];
}

/// <summary>One thing that a case can exercise.</summary>
/// <param name="Name">Such as <c>6 tool_permission fail</c>, <c>demo/assistant crm/read-contact</c> or <c>demo/house-rules
/// no-secrets</c>.</param>
/// <param name="Cases">How many did.</param>
public sealed record CoverageItem(string Name, int Cases);
