namespace Gateway.Evidence.Journal;

/// <summary>What opening a log found and mended.</summary>
/// <param name="Records">Intact records.</param>
/// <param name="BytesCut">Bytes of an incomplete last record; 0 for none.</param>
/// <param name="OutcomeUnknown">Ids of the decisions that had no outcome.</param>
public sealed record RecoveryReport(long Records, long BytesCut, IReadOnlyList<string> OutcomeUnknown);
