using Gateway.Cli.Results;

namespace Gateway.Cli.Verification;

/// <summary>One kind of thing that <c>gateway verify</c> proves.</summary>
/// <param name="Recognises">Whether a file or folder is of this kind, by its name or its first bytes. What is damaged must be recognised
/// too.</param>
internal sealed record VerifyKind(string Name, Func<string, bool> Recognises, Func<VerifyRequest, CommandResult> Judge)
{
    /// <summary>Whether it holds decisions of the evaluator, which can be derived again.</summary>
    public bool HoldsDecisions { get; init; }
}
