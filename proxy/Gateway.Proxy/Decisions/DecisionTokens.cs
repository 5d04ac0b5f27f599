using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Decisions;

/// <summary>
/// Makes and verifies decision tokens: compact JWS (RFC 7515), HS256, with a key of their own. A token is the only thing that opens the
/// vault, for exactly one intent and for at most <see cref="Lifetime"/>.
/// </summary>
public sealed class DecisionTokens(KeyRing keys, TimeProvider time)
{
    /// <value>The longest that a token lives: 300 s. How long each does is in the agent's profile, by its level.</value>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(300);

    private const int SignatureLength = 43;

    /// <summary>Of a token without long terms; a longer one takes its space from the pool.</summary>
    private const int UsualLength = 2048;

    private static readonly byte[] Header =
    [
        .. Encoding.ASCII.GetBytes(Base64Url.EncodeToString("{\"alg\":\"HS256\",\"typ\":\"decision+jwt\"}"u8)),
        (byte)'.',
    ];

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Json) _payload;

    /// <summary>
    /// Only for an allow: the caller has met every obligation that reduces the action, and the intent is the reduced one.
    /// </summary>
    internal DecisionToken Mint(Judgement judgement, Intent intent, IReadOnlyList<string> obligations)
    {
        if (judgement.Decision.Verdict is not (Verdict.Allow or Verdict.Degrade))
        {
            throw new InvalidOperationException("Only an allow, or a degrade whose obligations were met, carries a token.");
        }

        var (payload, json) = Payload();
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var id = Identifier.Next();
        var expires = now + (long)LifetimeOf(ProfileOf(judgement), judgement.Decision.Level).TotalSeconds;
        new DecisionClaims { Intent = intent, DecisionId = judgement.DecisionId }.Write(
            json,
            id,
            now,
            expires,
            judgement.Read.Envelope.Snapshot.Revision,
            obligations,
            judgement.Decision.Obligations
        );
        json.Flush();
        return new DecisionToken(id, Compact(payload.WrittenSpan));
    }

    /// <summary>
    /// Whether the token is ours, in time, and for exactly this intent under this decision. The intent is the one recomputed from what is
    /// about to be sent.
    /// </summary>
    internal bool Verify(ReadOnlySpan<byte> token, Intent intent, string decisionId)
    {
        var dot = token.Length - SignatureLength - 1;
        if (dot <= Header.Length || !token.StartsWith(Header) || token[dot] != (byte)'.')
        {
            return false; // The header is fixed to the byte: no other algorithm can be asked for.
        }

        // As text: one signature has one way of being written, and what is no base64url at all is simply another.
        Span<byte> signature = stackalloc byte[SignatureLength];
        Sign(keys.Current.Hash, token[..dot], signature);
        if (!CryptographicOperations.FixedTimeEquals(token[(dot + 1)..], signature))
        {
            return false;
        }

        var text = token[Header.Length..dot];
        using var space = new TokenSpace(text.Length, stackalloc byte[UsualLength]); // The payload is shorter than its text.
        return Base64Url.DecodeFromUtf8(text, space.Bytes, out var read, out var length) == OperationStatus.Done
            && read == text.Length
            && new DecisionClaims { Intent = intent, DecisionId = decisionId }.Match(
                space.Bytes[..length],
                time.GetUtcNow().ToUnixTimeSeconds(),
                (long)Lifetime.TotalSeconds
            );
    }

    /// <summary>By the level that the agent was judged at; the shortest there is without a profile.</summary>
    internal static TimeSpan LifetimeOf(Profile? profile, AtfLevel level)
    {
        var lifetime = profile?.TokenLifetimeOf(level) ?? TimeSpan.FromSeconds(1);
        return lifetime < Lifetime ? lifetime : Lifetime;
    }

    private static Profile? ProfileOf(Judgement judgement) =>
        judgement.Read.Tenant.Agents.GetValueOrDefault(judgement.Read.Intent.Agent)?.Profile;

    private static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Json) Payload()
    {
        if (_payload.Bytes is null)
        {
            var bytes = new ArrayBufferWriter<byte>(1024);
            _payload = (bytes, new Utf8JsonWriter(bytes));
        }

        _payload.Bytes.ResetWrittenCount();
        _payload.Json.Reset();
        return _payload;
    }

    private byte[] Compact(ReadOnlySpan<byte> payload)
    {
        var dot = Header.Length + Base64Url.GetEncodedLength(payload.Length);
        var token = new byte[dot + 1 + SignatureLength];
        Header.CopyTo(token, 0);
        Base64Url.EncodeToUtf8(payload, token.AsSpan(Header.Length));
        token[dot] = (byte)'.';
        Sign(keys.Current.Hash, token.AsSpan(0, dot), token.AsSpan(dot + 1));
        return token;
    }

    /// <summary>RFC 7515, section 5.1, with HS256: 43 characters.</summary>
    internal static void Sign(KeyedHash key, ReadOnlySpan<byte> signed, Span<byte> signature)
    {
        Span<byte> code = stackalloc byte[KeyedHash.Length];
        key.Compute(signed, code);
        Base64Url.EncodeToUtf8(code, signature);
    }
}

/// <summary>A minted token. Never leaves the process and is never recorded: its id is.</summary>
/// <param name="Compact">In ASCII.</param>
internal sealed record DecisionToken(string Id, byte[] Compact)
{
    public override string ToString() => $"decision token {Id}";
}

/// <summary>
/// Bytes for one token: the caller's, or from the pool where those are too few. What is given back is cleared: a token opens a vault.
/// </summary>
internal readonly ref struct TokenSpace
{
    private readonly byte[]? _rented;

    public TokenSpace(int length, Span<byte> usual)
    {
        _rented = length > usual.Length ? ArrayPool<byte>.Shared.Rent(length) : null;
        Bytes = (_rented ?? usual)[..length];
    }

    public Span<byte> Bytes { get; }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(Bytes);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
