using Gateway.Cel.Text;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads a list of rules and puts it into the order in which it counts.</summary>
internal static class RuleListReader
{
    /// <value>Rules in one list.</value>
    public const int MaxRules = 10_000;

    public static IReadOnlyList<RuleDefinition> Read(RuleFields fields, string name, RuleDialect dialect) =>
        [
            .. fields
                .Sections(name, MaxRules, rule => RuleReader.Read(rule, dialect))
                .OrderBy(rule => rule.Priority)
                .ThenBy(rule => rule.Name, CodePointOrder.Instance),
        ];
}
