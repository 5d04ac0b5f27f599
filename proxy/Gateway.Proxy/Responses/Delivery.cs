using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Responses;

/// <summary>How an action ended, and what of its answer the caller got.</summary>
/// <param name="Status">The upstream's status; 0 when there was none.</param>
/// <param name="Error">Why it didn't end well; none when it did.</param>
/// <param name="Bytes">Of the answer's body, delivered or about to be.</param>
/// <param name="Digest">Of those bytes; null where none were.</param>
public readonly record struct Delivery(Ending Ending, int Status, ReasonCode Error, long Bytes, Sha256Digest? Digest, TokenUsage Usage);

/// <summary>How an action ended. Unset is the worst that can be said.</summary>
public enum Ending
{
    /// <summary>Not known: the process died in between.</summary>
    OutcomeUnknown = 0,

    /// <summary>The whole answer was delivered.</summary>
    Completed = 1,

    /// <summary>There was no answer.</summary>
    Failed = 2,

    /// <summary>The caller left.</summary>
    Cancelled = 3,

    /// <summary>The answer was ended before its end: by a limit, by the upstream, or because the agent was stopped.</summary>
    Cut = 4,

    /// <summary>Nothing was sent, and the caller was told as if.</summary>
    DryRun = 5,

    /// <summary>Nothing was sent, and the caller was told why.</summary>
    Refused = 6,
}

/// <summary>Counts and digests what goes to the caller.</summary>
internal sealed class Delivered : IDisposable
{
    private IncrementalHash? _hash;
    private Sha256Digest? _whole;

    public long Bytes { get; private set; }

    /// <summary>All of it at once, which takes no context of its own.</summary>
    public void Whole(ReadOnlySpan<byte> bytes) => (_whole, Bytes) = (Sha256Digest.Compute(bytes), bytes.Length);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _hash.AppendData(bytes);
        Bytes += bytes.Length;
    }

    /// <summary>The digest so far; once.</summary>
    public Sha256Digest Digest()
    {
        if (_whole is { } whole)
        {
            return whole;
        }

        if (_hash is null)
        {
            return Sha256Digest.Compute([]);
        }

        Span<byte> digest = stackalloc byte[Sha256Digest.Length];
        _hash.GetHashAndReset(digest);
        return new Sha256Digest(digest);
    }

    public void Dispose() => _hash?.Dispose();
}
