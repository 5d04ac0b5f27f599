namespace Gateway.Cli.Gating;

/// <summary>How much is demanded of a policy and of the command's options. Unset demands the most.</summary>
internal enum GateProfile
{
    /// <summary>
    /// <c>oss-prod</c>: nothing that lets an action through for trial, and no high-risk action without a brokered credential.
    /// </summary>
    OssProd = 0,

    /// <summary><c>standard</c>.</summary>
    Standard = 1,
}
