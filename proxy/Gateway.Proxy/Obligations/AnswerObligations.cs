using System.Buffers.Binary;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;

namespace Gateway.Proxy.Obligations;

/// <summary>
/// What is to be done to the answer, looked at before anything is sent: what surely can't be met refuses while it costs nothing.
/// </summary>
internal static class AnswerObligations
{
    public static string? CanRedact(ReducedAction action, Policy.Model.Obligations owed) =>
        action.Reading.Stream ? "a stream can't be redacted; ask for a whole answer."
        : owed.RedactResponse!.Fields.Count > JsonRedactor.MaxFields ? $"over {JsonRedactor.MaxFields} fields can't be replaced together."
        : null;

    public static string? CanCut(ReducedAction action, Policy.Model.Obligations owed) =>
        action.Asked.Offer is not null ? "the answer of a model has no rows."
        : owed.RowLimits.Count > RowLimiter.MaxLimits ? $"over {RowLimiter.MaxLimits} arrays can't be cut together."
        : null;
}

/// <summary>
/// Which share of calls goes through. By the digest of what was asked, so that asking again changes nothing and an auditor finds the same;
/// of two shares the smaller lets through a part of what the larger does.
/// </summary>
internal static class Sampling
{
    /// <param name="share">In millionths.</param>
    public static bool Holds(Intent asked, int share)
    {
        Span<byte> digest = stackalloc byte[Sha256Digest.Length];
        IntentLayout.DigestOf(asked).CopyTo(digest);
        var place = Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(digest), Policy.Model.Obligations.WholeSample, out ulong _);
        return place < (ulong)share;
    }
}
