using Gateway.Evidence.Records;

namespace Gateway.Evidence.Log;

/// <summary>What opening a log found and mended.</summary>
/// <param name="Records">Intact records.</param>
/// <param name="BytesCut">Bytes of an incomplete last record; 0 for none.</param>
/// <param name="OutcomeUnknown">Ids of the decisions that had no outcome.</param>
public sealed record RecoveryReport(long Records, long BytesCut, IReadOnlyList<string> OutcomeUnknown)
{
    private const int BatchBytes = 1 << 20;

    /// <summary>Ids of the decisions with an outcome whose answers' ends were on their way.</summary>
    public IReadOnlyList<string> Unfinished { get; init; } = [];

    /// <summary>Writes into the log what was mended, and what else changed; it is on the disk when this returns.</summary>
    /// <param name="change">Null for none.</param>
    internal void Write(LogWriter writer, ChangeRecord? change)
    {
        var mended = BytesCut > 0 || OutcomeUnknown.Count > 0;
        if (!mended && change is null && Unfinished.Count == 0)
        {
            return;
        }

        writer.Begin();
        if (change is not null)
        {
            Add(writer, change);
        }

        if (mended)
        {
            Add(writer, new RecoveryRecord { BytesCut = BytesCut, OutcomeUnknown = OutcomeUnknown });
        }

        foreach (var decision in OutcomeUnknown)
        {
            Add(writer, new OutcomeRecord { DecisionId = decision, Status = OutcomeStatus.OutcomeUnknown });
            if (writer.BatchLength >= BatchBytes)
            {
                writer.Commit();
                writer.Begin();
            }
        }

        foreach (var decision in Unfinished)
        {
            Add(writer, new OutcomeRecord { DecisionId = decision, Status = OutcomeStatus.Cut });
        }

        writer.Commit();
        writer.Segment.Flush();
    }

    private static void Add(LogWriter writer, IJournalRecord record) => writer.Add(record.Type, RecordBody.Write(record));
}
