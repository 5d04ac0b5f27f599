namespace Gateway.Evidence.Snapshots;

/// <summary>What came of it.</summary>
/// <param name="Detail">One sentence; empty where all is well.</param>
public sealed record RederivationResult(RederivationStatus Status, string Detail)
{
    /// <summary>The first member that differs, as a JSON pointer into the decision; empty where none does.</summary>
    public string Member { get; init; } = "";
}

/// <summary>How deriving a recorded decision again ended. Unset proves nothing.</summary>
public enum RederivationStatus
{
    /// <summary>The record can't be read.</summary>
    Unreadable = 0,

    /// <summary>The same decision, byte for byte.</summary>
    Same = 1,

    /// <summary>Another decision: the record or Gateway was changed.</summary>
    Different = 2,

    /// <summary>Something that it rests on isn't there.</summary>
    Underivable = 3,
}
