using Gateway.Policy.Model;

namespace Gateway.Authoring.Conformance;

/// <summary>How far a requirement is met. Unset is not met.</summary>
public enum AtfStanding
{
    NotMet = 0,

    /// <summary>As far as the requirement's row says, and no further.</summary>
    Partly = 1,
    Met = 2,
}

/// <summary>The words by which answers and pages name how far a requirement is met.</summary>
public static class AtfStandings
{
    public static string Text(this AtfStanding standing) =>
        standing switch
        {
            AtfStanding.NotMet => "not met",
            AtfStanding.Partly => "partly",
            AtfStanding.Met => "met",
        };
}

/// <summary>One of the 25 core requirements of the Agentic Trust Framework (CONFORMANCE.md), and what Gateway can do about it.</summary>
/// <param name="Id">A letter for the element and a number, such as <c>I-1</c>.</param>
/// <param name="MustFrom">The lowest level at which the framework's table says MUST; at every level above it says so too.</param>
/// <param name="Most">How far Gateway alone can meet it, whatever the documents say.</param>
/// <param name="Asks">What it asks, in our words.</param>
/// <param name="How">What Gateway does, and what of an agent's documents it depends on.</param>
/// <param name="Test">The test that shows it, as <c>Type.Method</c>.</param>
/// <param name="Find">What one agent's documents and records say about it.</param>
public sealed record AtfRequirement(
    string Id,
    AtfLevel MustFrom,
    AtfStanding Most,
    string Asks,
    string How,
    string Test,
    Func<AtfSubject, AtfFinding> Find
)
{
    /// <summary>Never more than Gateway can do about it.</summary>
    public AtfFinding Judge(AtfSubject subject)
    {
        var found = Find(subject);
        return found.Standing > Most ? found with { Standing = Most } : found;
    }
}

/// <summary>What was found about one requirement.</summary>
/// <param name="Why">One sentence.</param>
/// <param name="Documents">Where the documents say what it rests on, or lack it.</param>
public sealed record AtfFinding(AtfStanding Standing, string Why, IReadOnlyList<SourcePosition> Documents)
{
    /// <summary>Records of the journal that it rests on, as <c>log.index</c>; of many the first.</summary>
    public IReadOnlyList<string> Records { get; init; } = [];

    internal static AtfFinding Of(AtfStanding standing, string why, params IEnumerable<SourcePosition> documents) =>
        new(standing, why, [.. documents.Distinct()]);

    /// <summary>Not met where a granted operation lacks something, with the names and places of all that do.</summary>
    internal static AtfFinding Unless(IEnumerable<GrantedOperation> lacking, string what, Func<AtfFinding> otherwise)
    {
        var all = lacking.ToList();
        return all.Count == 0
            ? otherwise()
            : Of(
                AtfStanding.NotMet,
                $"{what}: {string.Join(", ", all.Select(granted => granted.Name))}.",
                all.Select(granted => granted.Source)
            );
    }
}
