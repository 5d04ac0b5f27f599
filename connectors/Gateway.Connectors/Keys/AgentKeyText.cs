using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Keys;

/// <summary>
/// An agent's or an operator's key as text, <c>gwk_{tenant}.{id}.{secret}{checksum}</c> or <c>gws_…</c>: a view of the caller's
/// characters that copies nothing. The checksum is over all characters before it, so that scanners can tell a key from something that looks
/// like one.
/// </summary>
public readonly ref struct AgentKeyText
{
    /// <value>The public id's length: 50 random bits in small base32.</value>
    public const int IdLength = 10;

    /// <value>The secret's length: 256 random bits in base62.</value>
    public const int SecretLength = 43;

    /// <value>The longest text, in characters: with the longest tenant's name.</value>
    public const int MaxLength = PrefixLength + Id<Tenant>.MaxLength + TailLength;

    private const int PrefixLength = 4;
    private const int TailLength = 1 + IdLength + 1 + SecretLength + Base62.ChecksumLength;
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(IdAlphabet);
    private static readonly SearchValues<char> SecretCharacters = SearchValues.Create(Base62.Alphabet);

    public AgentKeyKind Kind { get; private init; }

    public ReadOnlySpan<char> Tenant { get; private init; }

    /// <summary>The public id, unique within the tenant.</summary>
    public ReadOnlySpan<char> Id { get; private init; }

    /// <summary><c>{tenant}.{id}</c>: the key id in a signature. Public.</summary>
    public ReadOnlySpan<char> KeyId { get; private init; }

    /// <summary>Only to be hashed or derived from.</summary>
    public ReadOnlySpan<char> Secret { get; private init; }

    /// <summary>
    /// False for anything but a whole key with its right checksum. Never throws; looks at no more than <see cref="MaxLength"/> characters.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AgentKeyText key)
    {
        key = default;
        var kind = text.Length is <= PrefixLength + TailLength or > MaxLength ? AgentKeyKind.Unknown : KindOf(text[..PrefixLength]);
        if (kind == AgentKeyKind.Unknown)
        {
            return false;
        }

        // From the right, where all lengths are known: a tenant's name may hold dots.
        var checksum = text.Length - Base62.ChecksumLength;
        var secret = checksum - SecretLength;
        var id = secret - 1 - IdLength;
        var parsed = new AgentKeyText
        {
            Kind = kind,
            Tenant = text[PrefixLength..(id - 1)],
            Id = text[id..(secret - 1)],
            KeyId = text[PrefixLength..(secret - 1)],
            Secret = text[secret..checksum],
        };
        if (text[id - 1] != '.' || text[secret - 1] != '.' || !parsed.IsWellFormed || !HasChecksum(text[..checksum], text[checksum..]))
        {
            return false;
        }

        key = parsed;
        return true;
    }

    /// <summary>Splits a key id, <c>{tenant}.{id}</c>; false for anything else.</summary>
    public static bool TryParseKeyId(ReadOnlySpan<char> keyId, out ReadOnlySpan<char> tenant, out ReadOnlySpan<char> id)
    {
        tenant = id = default;
        var dot = keyId.Length - IdLength - 1;
        if (dot <= 0 || keyId[dot] != '.' || !Id<Tenant>.IsValid(keyId[..dot]) || keyId[(dot + 1)..].ContainsAnyExcept(IdCharacters))
        {
            return false;
        }

        tenant = keyId[..dot];
        id = keyId[(dot + 1)..];
        return true;
    }

    /// <summary>A new public id.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdAlphabet, IdLength);

    /// <summary>A new key with a new secret. The text is shown to its owner once and kept nowhere.</summary>
    /// <param name="id">From <see cref="NewId"/>.</param>
    /// <exception cref="ArgumentException">The kind, the tenant or the id isn't one.</exception>
    public static string Generate(AgentKeyKind kind, Id<Tenant> tenant, string id)
    {
        var secret = RandomNumberGenerator.GetString(Base62.Alphabet, SecretLength);
        var text = $"{PrefixOf(kind)}{tenant}.{id}.{secret}";
        Span<char> checksum = stackalloc char[Base62.ChecksumLength];
        Base62.Write(ChecksumOf(text), checksum);
        text = string.Concat(text, checksum);
        return TryParse(text, out _) ? text : throw new ArgumentException("A key needs a tenant, and an id made for it.");
    }

    /// <summary>The public part only.</summary>
    public override string ToString() => $"{KeyId}.***";

    private bool IsWellFormed =>
        Id<Tenant>.IsValid(Tenant) && !Id.ContainsAnyExcept(IdCharacters) && !Secret.ContainsAnyExcept(SecretCharacters);

    private static bool HasChecksum(ReadOnlySpan<char> text, ReadOnlySpan<char> checksum)
    {
        Span<char> right = stackalloc char[Base62.ChecksumLength];
        Base62.Write(ChecksumOf(text), right);
        return checksum.SequenceEqual(right);
    }

    /// <summary>CRC-32 as in zlib: finds typing errors and truncation, and proves nothing.</summary>
    private static uint ChecksumOf(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        return Crc32.HashToUInt32(bytes[..Encoding.ASCII.GetBytes(text, bytes)]);
    }

    private static AgentKeyKind KindOf(ReadOnlySpan<char> prefix) =>
        prefix switch
        {
            "gwk_" => AgentKeyKind.Bearer,
            "gws_" => AgentKeyKind.RuntimeSecret,
            "gwo_" => AgentKeyKind.OperatorToken,
            "gwn_" => AgentKeyKind.OperatorSession,
            "gwi_" => AgentKeyKind.OperatorSetup,
            _ => AgentKeyKind.Unknown,
        };

    private static string PrefixOf(AgentKeyKind kind) =>
        kind switch
        {
            AgentKeyKind.Bearer => "gwk_",
            AgentKeyKind.RuntimeSecret => "gws_",
            AgentKeyKind.OperatorToken => "gwo_",
            AgentKeyKind.OperatorSession => "gwn_",
            AgentKeyKind.OperatorSetup => "gwi_",
            AgentKeyKind.Unknown => throw new ArgumentException("A key is of a kind.", nameof(kind)),
        };
}

/// <summary>What a key's text is for, told by its first letters. An operator's opens none of the agents' doors.</summary>
public enum AgentKeyKind
{
    Unknown = 0,

    /// <summary><c>gwk_</c>: sent with each request as it is.</summary>
    Bearer = 1,

    /// <summary><c>gws_</c>: stays with the agent, whose requests are signed with a key derived from it.</summary>
    RuntimeSecret = 2,

    /// <summary><c>gwo_</c>: an operator's, for programs.</summary>
    OperatorToken = 3,

    /// <summary><c>gwn_</c>: of an operator who signed in.</summary>
    OperatorSession = 4,

    /// <summary><c>gwi_</c>: makes a tenant's first operator, once.</summary>
    OperatorSetup = 5,
}
