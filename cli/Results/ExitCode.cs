namespace Gateway.Cli.Results;

/// <summary>What the process ends with. The numbers are part of the command line's contract and never change.</summary>
internal enum ExitCode
{
    Ok = 0,
    Failed = 1,
    VerificationFailed = 2,
    Blocked = 3,
    ApprovalRequired = 4,
    RegressionFailed = 5,
    InvalidInput = 6,
}

/// <summary>What the numbers mean, for help.</summary>
internal static class ExitCodes
{
    public const string Explanation =
        "0 ok, 1 failed, 2 verification failed, 3 blocked, 4 approval required, 5 regression failed, 6 invalid input.";
}
