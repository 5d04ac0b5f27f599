namespace Gateway.Evidence.Records;

/// <summary>What a record is about. The zero value can't be appended.</summary>
public enum RecordType
{
    Unspecified = 0,

    /// <summary>An intent was judged; written before it is acted on.</summary>
    Decision = 1,

    /// <summary>How what was decided ended; written before the answer is complete.</summary>
    Outcome = 2,

    /// <summary>A proven agent was refused before anything was judged.</summary>
    Refusal = 3,

    /// <summary>Requests without a proven tenant, counted.</summary>
    SystemRefusals = 4,

    /// <summary>What was found and mended when the log was opened.</summary>
    Recovery = 5,

    /// <summary>Something that requests are judged by changed.</summary>
    Change = 6,
}
