using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>What a case wants. What is null isn't looked at. Lists are without order.</summary>
/// <param name="Verdict">Always wanted.</param>
/// <param name="Reasons">Exactly these codes.</param>
/// <param name="ReasonsInclude">At least these codes.</param>
/// <param name="Rules">Exactly these rules counted: <c>policy/rule</c> under governance documents, a rule's name in a rule file.</param>
/// <param name="Codes">Exactly these codes of the policies' own: their reason codes and violations.</param>
/// <param name="Obligations">Exactly these.</param>
public sealed record WantedAnswer(
    Verdict Verdict,
    IReadOnlyList<string>? Reasons = null,
    IReadOnlyList<string>? ReasonsInclude = null,
    IReadOnlyList<string>? Rules = null,
    IReadOnlyList<string>? Codes = null,
    Obligations? Obligations = null
);

/// <summary>Reads a case's <c>want</c>.</summary>
internal static class WantedFields
{
    /// <param name="reason">Gateway's closed list of reasons, or a rule file's own codes.</param>
    public static WantedAnswer Read(MappingReader reader, FieldFormat<string> reason)
    {
        reader.FailUnlessPresent("want", "Add want: {verdict: allow}.");
        return reader.Section(
                "want",
                want => new WantedAnswer(
                    want.Required("verdict", Vocabulary.Verdict.Format),
                    List(want, "reasons", reason),
                    List(want, "reasonsInclude", reason),
                    List(want, "rules", CaseWords.Code),
                    List(want, "codes", CaseWords.Code),
                    want.Section("obligations", ObligationFields.Read)
                )
            ) ?? new WantedAnswer(Verdict.Block);
    }

    private static IReadOnlyList<string>? List(MappingReader want, string name, FieldFormat<string> format)
    {
        if (want.Has(name))
        {
            return want.List(name, format, fallback: null);
        }

        want.Ignore(name);
        return null;
    }
}
