using Gateway.Evidence.Records;

namespace Gateway.Evidence.Journal;

/// <summary>Is shown one good record of a log after the other. Its spans are only valid during the call.</summary>
public delegate void RecordVisitor(in RecordEnvelope record);
