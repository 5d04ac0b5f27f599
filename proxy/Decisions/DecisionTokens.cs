using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Decisions;

/// <summary>
/// Makes and verifies decision tokens: compact JWS (RFC 7515), HS256, with a key of their own. A token is the only thing that opens the vault, for
/// exactly one intent and for at most <see cref="Lifetime"/>.
/// </summary>
public sealed class DecisionTokens(KeyRing keys, TimeProvider time)
{
    /// <value>The longest that a token lives: 300 s. How long each does is in the agent's profile, by its level.</value>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(300);

    private const string Issuer = "gateway";

    private static readonly string Header = Base64Url.EncodeToString("{\"alg\":\"HS256\",\"typ\":\"decision+jwt\"}"u8);

    /// <summary>Only for an allow: the caller has met every obligation that reduces the action, and the intent is the reduced one.</summary>
    internal DecisionToken Mint(Judgement judgement, Intent intent, IReadOnlyList<string> obligations)
    {
        if (judgement.Decision.Verdict is not (Verdict.Allow or Verdict.Degrade))
        {
            throw new InvalidOperationException("Only an allow, or a degrade whose obligations were met, carries a token.");
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new DecisionClaims
        {
            Issuer = Issuer,
            Audience = intent.Connector.ToString(),
            Subject = intent.Agent.ToString(),
            Tenant = intent.Tenant.ToString(),
            Workspace = intent.Workspace.ToString(),
            TokenId = Identifier.Next(),
            IssuedAt = now,
            Expires = now + (long)LifetimeOf(ProfileOf(judgement), judgement.Decision.Level).TotalSeconds,
            DecisionId = judgement.DecisionId,
            Operation = intent.Operation.ToString(),
            Intent = IntentDigest.Of(intent).ToString(),
            Revision = judgement.Read.Envelope.Snapshot.Revision.ToString(),
            Obligations = obligations,
            Terms = DecisionTerms.Of(judgement.Decision.Obligations),
        };
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, DecisionClaimsJson.Default.DecisionClaims))}";
        return new DecisionToken(claims.TokenId, $"{signed}.{Base64Url.EncodeToString(Sign(signed))}");
    }

    /// <summary>
    /// Whether the token is ours, in time, and for exactly this intent under this decision. The intent is the one recomputed from what is about to be sent.
    /// </summary>
    internal bool Verify(string token, Intent intent, string decisionId)
    {
        var dot = token.LastIndexOf('.');
        if (dot < 0 || !token.StartsWith(Header + '.', StringComparison.Ordinal) || token.IndexOf('.', Header.Length + 1) != dot)
        {
            return false; // The header is fixed to the byte: no other algorithm can be asked for.
        }

        // As text: one signature has one way of being written, and what is no base64url at all is simply another.
        var signature = Base64Url.EncodeToString(Sign(token[..dot]));
        if (!CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(token.AsSpan(dot + 1)), MemoryMarshal.AsBytes(signature.AsSpan())))
        {
            return false;
        }

        return TryRead(token.AsSpan(Header.Length + 1, dot - Header.Length - 1)) is { } claims && Fits(claims, intent, decisionId);
    }

    /// <summary>By the level that the agent was judged at; the shortest there is without a profile.</summary>
    internal static TimeSpan LifetimeOf(Profile? profile, AtfLevel level)
    {
        var lifetime = profile?.TokenLifetimeOf(level) ?? TimeSpan.FromSeconds(1);
        return lifetime < Lifetime ? lifetime : Lifetime;
    }

    private static Profile? ProfileOf(Judgement judgement) => judgement.Read.Tenant.Agents.GetValueOrDefault(judgement.Read.Intent.Agent)?.Profile;

    private bool Fits(DecisionClaims claims, Intent intent, string decisionId)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return claims.Issuer == Issuer
            && claims.DecisionId == decisionId
            && claims.Audience == intent.Connector.ToString()
            && claims.Subject == intent.Agent.ToString()
            && claims.Tenant == intent.Tenant.ToString()
            && claims.Workspace == intent.Workspace.ToString()
            && claims.Operation == intent.Operation.ToString()
            && claims.Intent == IntentDigest.Of(intent).ToString()
            && claims.IssuedAt <= now && now < claims.Expires
            && claims.Expires - claims.IssuedAt <= (long)Lifetime.TotalSeconds;
    }

    private static DecisionClaims? TryRead(ReadOnlySpan<char> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(payload), DecisionClaimsJson.Default.DecisionClaims);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>RFC 7515, section 5.1, with HS256.</summary>
    internal static byte[] Sign(ReadOnlySpan<byte> key, string text) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text));

    private byte[] Sign(string text) => Sign(keys.Current.Bytes, text);
}

/// <summary>A minted token. Never leaves the process and is never recorded: its id is.</summary>
internal sealed record DecisionToken(string Id, string Compact)
{
    public override string ToString() => $"decision token {Id}";
}
