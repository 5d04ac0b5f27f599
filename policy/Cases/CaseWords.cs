using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Cases;

/// <summary>Words and formats that cases use beside those of the documents.</summary>
internal static class CaseWords
{
    /// <value>Characters of a reason's or a rule's name.</value>
    private const int MaxCode = 256;

    public static WordList<Verdict> Verdict { get; } = new(
        "a verdict",
        ("allow", Model.Verdict.Allow),
        ("degrade", Model.Verdict.Degrade),
        ("require_approval", Model.Verdict.RequireApproval),
        ("block", Model.Verdict.Block));

    /// <summary>A word of the closed list: a misspelt reason would otherwise be a case that never passes, or always.</summary>
    public static FieldFormat<string> Reason { get; } = new(
        "a reason's code",
        "approval_required",
        (string text, out string value) =>
        {
            value = text;
            return Reasons.TryParse(text, out _);
        },
        value => value)
    { Words = [.. Enum.GetValues<ReasonCode>().Where(code => code != ReasonCode.None).Select(code => Reasons.Of(code).Code)] };

    public static FieldFormat<string> Code { get; } = Formats.Text(MaxCode);
}
