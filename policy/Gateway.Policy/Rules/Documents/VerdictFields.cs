using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Fields that hold a verdict.</summary>
internal static class VerdictFields
{
    /// <summary>
    /// A verdict that may be written under either name; under both only if they agree. Null when it isn't there or can't be read.
    /// </summary>
    public static Verdict? Read(RuleFields fields, string name, string alias, RuleWordSet? words = null)
    {
        var (word, other) = (fields.Lower(name), fields.Lower(alias));
        if (word.Length > 0 && other.Length > 0 && word != other)
        {
            fields.Fail(alias, $"{alias} must match {name} when both are set.", "Keep one of them.");
            return null;
        }

        var written = word.Length > 0 ? name : alias;
        return Parse(fields, written, word.Length > 0 ? word : other, words ?? RuleWords.Verdicts);
    }

    /// <summary>Block or require_approval; the fallback when it isn't there.</summary>
    public static Verdict Restriction(RuleFields fields, string name, Verdict fallback) =>
        Parse(fields, name, fields.Lower(name), RuleWords.Restrictions) ?? fallback;

    public static Verdict? OptionalRestriction(RuleFields fields, string name) =>
        Parse(fields, name, fields.Lower(name), RuleWords.Restrictions);

    private static Verdict? Parse(RuleFields fields, string name, string word, RuleWordSet words)
    {
        if (word.Length == 0)
        {
            return null;
        }

        if (words.Contains(word) && RuleVerdicts.TryParse(word, out var verdict))
        {
            return verdict;
        }

        fields.Fail(name, $"Expected {words.Noun}, not {ErrorText.Quote(word)}.", words.Remedy(word));
        return null;
    }
}
