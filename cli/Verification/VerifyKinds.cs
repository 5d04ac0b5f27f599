using Gateway.Cli.Results;

namespace Gateway.Cli.Verification;

/// <summary>Everything that <c>gateway verify</c> proves. The first kind that recognises a path has it.</summary>
internal static class VerifyKinds
{
    public static IReadOnlyList<VerifyKind> All { get; } =
    [
        new("journal", Directory.Exists, JournalVerification.Judge) { HoldsDecisions = true },
        new("receipt, checkpoint, seal, or a log's segment or tile", LogFileVerification.Recognises, LogFileVerification.Judge)
        {
            HoldsDecisions = true,
        },
        new("runpack", PackVerification.Recognises, PackVerification.Judge),
        new("trace", TraceVerificationView.Recognises, TraceVerificationView.Judge),
    ];
}

/// <summary>One kind of thing that <c>gateway verify</c> proves.</summary>
/// <param name="Recognises">Whether a file or folder is of this kind, by its name or its first bytes. What is damaged must be recognised
/// too.</param>
internal sealed record VerifyKind(string Name, Func<string, bool> Recognises, Func<VerifyRequest, CommandResult> Judge)
{
    /// <summary>Whether it holds decisions of the evaluator, which can be derived again.</summary>
    public bool HoldsDecisions { get; init; }
}
