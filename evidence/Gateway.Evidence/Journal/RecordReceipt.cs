using Gateway.Policy.Model;

namespace Gateway.Evidence.Journal;

/// <summary>Where a record stands. Given out only when it is as durable as was asked.</summary>
/// <param name="Index">From 0, without gaps.</param>
/// <param name="Leaf">The record's leaf hash (RFC 6962 section 2.1): SHA-256 of a zero byte and the record.</param>
public readonly record struct RecordReceipt(LogId Log, long Index, Sha256Digest Leaf);
