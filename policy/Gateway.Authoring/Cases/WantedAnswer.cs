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
