namespace Gateway.Policy.Rules;

/// <summary>
/// The risk classes that have a meaning. An intent's class is free text from the caller; a word that isn't here is a mistake or a trick,
/// and counts as the highest wherever that restricts (see <c>docs/gait-differences.md</c>).
/// </summary>
public static class RiskClasses
{
    public const string Low = "low";
    public const string Medium = "medium";
    public const string High = "high";
    public const string Critical = "critical";

    /// <summary>What a rule means that names none where a default is needed.</summary>
    public static IReadOnlyList<string> Highest { get; } = [Critical, High];

    public static bool IsKnown(string riskClass) => riskClass is Low or Medium or High or Critical;

    /// <summary>Whether a restriction that binds the listed classes binds this one.</summary>
    public static bool Binds(IReadOnlyList<string> listed, string riskClass) =>
        CodeList.Contains(listed, riskClass)
        || (!IsKnown(riskClass) && (CodeList.Contains(listed, High) || CodeList.Contains(listed, Critical)));
}
