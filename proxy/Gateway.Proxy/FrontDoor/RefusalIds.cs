using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// Ids of refusals that nobody decided about. These are counted and not each recorded, so the id itself says when it was, why, and at which
/// door, to whoever has the keys: a caller that failed to prove itself must not learn why. Thread-safe.
/// </summary>
public sealed class RefusalIds(KeyRing keys, TimeProvider time)
{
    /// <summary>How each begins.</summary>
    public const string Start = "ref_";

    private const int CodeLength = 4;
    private const int Length = sizeof(uint) + CodeLength + 1 + 3;

    /// <summary>Words of reasons outlive their numbers, and are too long: so a digest's beginning stands for each.</summary>
    private static readonly Dictionary<uint, ReasonCode> Codes = Enum.GetValues<ReasonCode>()
        .Where(reason => reason != ReasonCode.None)
        .DistinctBy(CodeOf)
        .ToDictionary(CodeOf);

    private readonly SealedNotes _notes = new(keys, "refusal");

    public string Next(ReasonCode reason, Door door)
    {
        Span<byte> note = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(note, (uint)time.GetUtcNow().ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32BigEndian(note[sizeof(uint)..], CodeOf(reason == ReasonCode.None ? ReasonCode.InternalError : reason));
        note[sizeof(uint) + CodeLength] = (byte)door;
        RandomNumberGenerator.Fill(note[^3..]); // Or equal ones within a second would be one.
        return Start + _notes.Seal(note);
    }

    /// <summary>Null for what isn't such an id, or was made with other keys.</summary>
    public ExplainedRefusal? Explain(string id)
    {
        if (
            !id.StartsWith(Start, StringComparison.Ordinal)
            || !_notes.TryOpen(id.AsSpan(Start.Length), out var note)
            || note.Length != Length
        )
        {
            return null;
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(note));
        var reason = Codes.GetValueOrDefault(BinaryPrimitives.ReadUInt32BigEndian(note.AsSpan(sizeof(uint))));
        return reason == ReasonCode.None ? null : new ExplainedRefusal(at, reason, (Door)note[sizeof(uint) + CodeLength]);
    }

    private static uint CodeOf(ReasonCode reason) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(Reasons.Of(reason).Code)));
}

/// <summary>What the id of a refusal says.</summary>
/// <param name="At">To the second.</param>
public sealed record ExplainedRefusal(DateTimeOffset At, ReasonCode Reason, Door Door);
