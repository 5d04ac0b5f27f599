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
