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
        if (word == "dry_run")
        {
            verdict = Verdict.Degrade;
            return true;
        }

        return Vocabulary.Verdict.TryParse(word, out verdict);
    }

    public static string Word(Verdict verdict) => verdict == Verdict.Degrade ? "dry_run" : Vocabulary.Verdict.Text(verdict);

    /// <summary>The stricter of two: the smaller number, as <see cref="Verdict"/> says.</summary>
    public static Verdict Stricter(Verdict left, Verdict right) => left < right ? left : right;
}
