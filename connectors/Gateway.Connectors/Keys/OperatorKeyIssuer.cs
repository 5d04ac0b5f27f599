using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Keys;

/// <summary>Makes and checks what operators prove themselves with. Stores nothing. Thread-safe.</summary>
/// <param name="pepper">What the secrets are hashed under, as agents' bearer keys are.</param>
public sealed class OperatorKeyIssuer(KeyRing pepper)
{
    private const int CsrfLength = 32;

    /// <returns>The record for the store, and the text that its owner is shown once.</returns>
    public (OperatorKey Key, Secret Text) Issue(
        Id<Tenant> tenant,
        OperatorKeyKind kind,
        string owner,
        OperatorRoles roles,
        DateTimeOffset now,
        TimeSpan lifetime
    )
    {
        var id = AgentKeyText.NewId();
        var text = AgentKeyText.Generate(TextKind(kind), tenant, id);
        AgentKeyText.TryParse(text, out var parsed);
        var key = new OperatorKey
        {
            Id = id,
            Kind = kind,
            Operator = owner,
            Roles = roles,
            Hash = BearerHash.Compute(pepper, parsed.Secret),
            At = now,
            Ends = now + lifetime,
            Seen = now,
            Proven = now,
            Csrf = kind == OperatorKeyKind.Session ? RandomNumberGenerator.GetHexString(CsrfLength, lowercase: true) : "",
        };
        return (key, new Secret(text));
    }

    /// <summary>Whose key a text is, before its secret is compared; false for anything that isn't one of that kind.</summary>
    public static bool TryRead(string? text, OperatorKeyKind kind, out Id<Tenant> tenant, out string id)
    {
        (tenant, id) = (default, "");
        if (
            kind == OperatorKeyKind.Unknown
            || !AgentKeyText.TryParse(text, out var parsed)
            || parsed.Kind != TextKind(kind)
            || !Id<Tenant>.TryParse(parsed.Tenant.ToString(), out tenant)
        )
        {
            return false;
        }

        id = parsed.Id.ToString();
        return true;
    }

    /// <summary>Whether the text is that key's, whose time isn't over.</summary>
    public bool Verify(OperatorKey key, string text, DateTimeOffset now) =>
        AgentKeyText.TryParse(text, out var parsed)
        && parsed.Kind == TextKind(key.Kind)
        && key.Ends > now
        && BearerHash.Verify(pepper, key.Hash, parsed.Secret);

    private static AgentKeyKind TextKind(OperatorKeyKind kind) =>
        kind switch
        {
            OperatorKeyKind.Token => AgentKeyKind.OperatorToken,
            OperatorKeyKind.Session => AgentKeyKind.OperatorSession,
            OperatorKeyKind.Setup => AgentKeyKind.OperatorSetup,
            OperatorKeyKind.Unknown => throw new ArgumentException("A key is of a kind.", nameof(kind)),
        };
}
