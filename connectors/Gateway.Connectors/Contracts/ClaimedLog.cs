namespace Gateway.Connectors.Contracts;

/// <summary>One log of a tenant's journal, and on whose volume it lies.</summary>
/// <param name="Log">The log's id.</param>
/// <param name="Address">Where the instance with the volume answers its peers.</param>
/// <param name="Writer">The process that has it open, or said last that it lies there: an id that it made at its start.</param>
/// <param name="Size">Records under the head.</param>
/// <param name="Head">The last signed head that its owner told of; empty for none yet.</param>
/// <param name="Seen">When its owner said so.</param>
/// <param name="Lost">When the instance of the address started without it; null where it has it.</param>
public sealed record ClaimedLog(
    string Log,
    string Address,
    string Writer,
    long Size,
    string Head,
    DateTimeOffset Seen,
    DateTimeOffset? Lost = null
);
