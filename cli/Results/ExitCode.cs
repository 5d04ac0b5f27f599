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
