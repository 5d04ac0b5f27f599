using System.Buffers.Binary;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;

namespace Gateway.Proxy.Obligations;

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
        IntentDigest.Of(asked).CopyTo(digest);
        var place = Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(digest), Policy.Model.Obligations.WholeSample, out ulong _);
        return place < (ulong)share;
    }
}
