using Gateway.Policy.Model;

namespace Gateway.Policy.Rules;

/// <summary>
/// The words by which rule files name the four verdicts. <c>dry_run</c> is <see cref="Verdict.Degrade"/> with that obligation.
/// </summary>
public static class RuleVerdicts
{
    /// <summary>In the order of the documentation, the laxest first.</summary>
    public static IReadOnlyList<string> Words { get; } = ["allow", "dry_run", "require_approval", "block"];

    /// <summary>
    /// False, and <see cref="Verdict.Block"/>, for anything that isn't one of the words. <c>degrade</c> is the same verdict as
    /// <c>dry_run</c>; which obligation comes with it is the reader's to say.
    /// </summary>
    public static bool TryParse(string word, out Verdict verdict)
    {
        (var known, verdict) = word switch
        {
            "allow" => (true, Verdict.Allow),
            "dry_run" or "degrade" => (true, Verdict.Degrade),
            "require_approval" => (true, Verdict.RequireApproval),
            "block" => (true, Verdict.Block),
            _ => (false, Verdict.Block),
        };
        return known;
    }

    public static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Allow => "allow",
            Verdict.Degrade => "dry_run",
            Verdict.RequireApproval => "require_approval",
            Verdict.Block => "block",
        };

    /// <summary>The stricter of two: the smaller number, as <see cref="Verdict"/> says.</summary>
    public static Verdict Stricter(Verdict left, Verdict right) => left < right ? left : right;
}
