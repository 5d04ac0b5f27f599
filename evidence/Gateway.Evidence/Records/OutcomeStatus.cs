namespace Gateway.Evidence.Records;

/// <summary>How what was decided ended. Unset claims nothing.</summary>
public enum OutcomeStatus
{
    /// <summary>The process ended before it knew; written by the next start.</summary>
    OutcomeUnknown = 0,

    /// <summary>The answer was delivered whole.</summary>
    Completed = 1,

    /// <summary>Nothing was sent.</summary>
    Refused = 2,

    /// <summary>The system behind failed, or nobody knows whether it acted.</summary>
    Failed = 3,

    /// <summary>The caller went away.</summary>
    Cancelled = 4,

    /// <summary>Gateway ended the answer before its end.</summary>
    Cut = 5,
}
