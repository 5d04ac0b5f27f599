using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Says whose an id is that a provider gave out, in the id itself: <c>resp_1-gw1-…</c>, with the day and a code over the id and the agent
/// that it was given to. One provider key serves many agents, and the provider finds whatever any of them had it keep. So every replica
/// knows an agent's ids again with nothing written down, and nobody can make one up. Thread-safe.
/// </summary>
/// <param name="keys">The current one seals; ids that an older one has sealed still open.</param>
public sealed class OwnedIds(KeyRing keys, TimeProvider time)
{
    /// <value>Days that an id can be used: as long as OpenAI keeps an answer.</value>
    public const int Days = 30;

    /// <value>Stands behind the provider's id. Four characters in three bytes come behind it.</value>
    public const string Mark = "-gw1-";

    private const int DayLength = sizeof(ushort);
    private const int TagLength = 16;
    private const int CodeLength = (DayLength + TagLength) / 3 * 4;

    /// <value>Characters. The providers' have some 60.</value>
    private const int Longest = 256;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    );

    private readonly KeyedHash[] _hashes = [.. keys.All.Select(key => key.HashFor("gateway-owned-ids-v1"))];

    /// <summary>The id as its agent is told it; one that isn't shaped like an id stays as it is, and can't be used.</summary>
    public string Seal(in IdOwner owner, string id)
    {
        if (!IsId(id))
        {
            return id;
        }

        Span<byte> code = stackalloc byte[DayLength + TagLength];
        BinaryPrimitives.WriteUInt16BigEndian(code, Today);
        Compute(_hashes[0], owner, id, code[..DayLength], code[DayLength..]);
        return id + Mark + Base64Url.EncodeToString(code);
    }

    /// <summary>Seals for one owner.</summary>
    public Func<string, string> SealerOf(IdOwner owner) => id => Seal(owner, id);

    /// <summary>Whether a text has the form of an id that was sealed for somebody.</summary>
    public static bool IsSealed(ReadOnlySpan<char> text) =>
        text.Length > Mark.Length + CodeLength && text[^(Mark.Length + CodeLength)..].StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The provider's id; false where this agent wasn't given it, or too long ago.</summary>
    public bool TryOpen(in IdOwner owner, ReadOnlySpan<char> text, [NotNullWhen(true)] out string? id)
    {
        id = null;
        Span<byte> code = stackalloc byte[DayLength + TagLength];
        if (!IsSealed(text) || !Base64Url.IsValid(text[^CodeLength..], out var length) || length != code.Length)
        {
            return false;
        }

        Base64Url.DecodeFromChars(text[^CodeLength..], code);

        var plain = text[..^(Mark.Length + CodeLength)].ToString();
        var age = Today - BinaryPrimitives.ReadUInt16BigEndian(code);
        if (!IsId(plain) || age is < -1 or > Days) // A day ahead: another replica's clock may be.
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[TagLength];
        foreach (var hash in _hashes)
        {
            Compute(hash, owner, plain, code[..DayLength], tag);
            if (CryptographicOperations.FixedTimeEquals(tag, code[DayLength..]))
            {
                id = plain;
                return true;
            }
        }

        return false;
    }

    private ushort Today => (ushort)(time.GetUtcNow().ToUnixTimeSeconds() / (24 * 60 * 60));

    /// <summary>It may go into a path, so it is no segment of dots.</summary>
    private static bool IsId(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= Longest && char.IsAsciiLetterOrDigit(text[0]) && !text.ContainsAnyExcept(Allowed);

    /// <summary>Over texts none of which has a line feed, so that they can be told apart.</summary>
    private static void Compute(KeyedHash hash, in IdOwner owner, string id, ReadOnlySpan<byte> day, Span<byte> tag)
    {
        var text = $"{owner.Tenant}\n{owner.Agent}\n{owner.Connector}\n{id}\n";
        Span<byte> said = stackalloc byte[Encoding.UTF8.GetMaxByteCount(Longest + (3 * Id<Agent>.MaxLength) + 4) + DayLength];
        var length = Encoding.UTF8.GetBytes(text, said);
        day.CopyTo(said[length..]);
        Span<byte> code = stackalloc byte[KeyedHash.Length];
        hash.Compute(said[..(length + DayLength)], code);
        code[..TagLength].CopyTo(tag);
    }
}

/// <summary>Whom a provider's id was given to, and of which connector's account it is.</summary>
public readonly record struct IdOwner(Id<Tenant> Tenant, Id<Agent> Agent, Id<Connector> Connector);
