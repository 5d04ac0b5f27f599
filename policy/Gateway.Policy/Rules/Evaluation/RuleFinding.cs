using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// What one matching rule, or the default, comes to: it begins with its effect and can only be tightened. Not thread-safe; lives for one
/// decision.
/// </summary>
internal sealed class RuleFinding(
    CompiledRule? rule,
    RuleFit fit,
    Verdict effect,
    IReadOnlyList<string> reasons,
    IReadOnlyList<string> violations
)
{
    private List<string>? _moreReasons;
    private List<string>? _moreViolations;

    /// <summary>Null for the default verdict.</summary>
    public CompiledRule? Rule { get; } = rule;

    public RuleFit Fit { get; } = fit;

    public Verdict Verdict { get; private set; } = effect;

    public Obligations Obligations => Rule?.Rule.Obligations.Value ?? Obligations.None;

    public bool Dataflow { get; set; }

    public CheckStatus? Freeze { get; set; }

    public CheckStatus? Sandbox { get; set; }

    /// <summary>Whether no check of a rule found anything, so that nothing of this action is in it.</summary>
    public bool IsAsWritten =>
        Verdict == Rule?.Rule.Effect && _moreReasons is null && _moreViolations is null && !Dataflow && Freeze is null && Sandbox is null;

    public IReadOnlyList<string> Reasons => _moreReasons is null ? reasons : CodeList.Merge(reasons, _moreReasons);

    public IReadOnlyList<string> Violations => _moreViolations is null ? violations : CodeList.Merge(violations, _moreViolations);

    /// <summary>The stricter of what it is and this.</summary>
    public void Tighten(Verdict verdict) => Verdict = RuleVerdicts.Stricter(Verdict, verdict);

    public void Add(string reason, string violation)
    {
        AddReason(reason);
        (_moreViolations ??= []).Add(violation);
    }

    public void AddReason(string reason) => (_moreReasons ??= []).Add(reason);

    /// <summary>Blocks, with a reason that is also the violation.</summary>
    public void Block(string code)
    {
        Tighten(Verdict.Block);
        Add(code, code);
    }

    /// <summary>Blocks unless the check holds.</summary>
    public void BlockUnless(bool holds, string code)
    {
        if (!holds)
        {
            Block(code);
        }
    }
}
