using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Keys;

/// <summary>Makes credentials for agents. Stores nothing: the caller puts the record into the durable store. Thread-safe.</summary>
/// <param name="pepper">What bearer keys are hashed under.</param>
public sealed class CredentialIssuer(Envelope envelope, KeyRing pepper, TimeProvider clock)
{
    public static TimeSpan DefaultBearerLifetime { get; } = TimeSpan.FromDays(90);
    public static TimeSpan ShortestLifetime { get; } = TimeSpan.FromMinutes(1);
    public static TimeSpan LongestLifetime { get; } = TimeSpan.FromDays(365);

    /// <summary>False, and a sentence for whoever ordered, where the order can't be met as it is.</summary>
    public bool TryIssue(CredentialOrder order, out IssuedCredential? issued, out string error)
    {
        issued = null;
        error = Check(order);
        if (error.Length > 0)
        {
            return false;
        }

        issued = order.Kind switch
        {
            CredentialKind.Bearer => IssueBearer(order),
            CredentialKind.HmacSha256 => IssueHmac(order),
            CredentialKind.EcdsaP256Sha256 => IssueEcdsa(order, out error),
            CredentialKind.Unknown => null,
        };
        return issued is not null;
    }

    private static string Check(CredentialOrder order)
    {
        if (order.Tenant.IsEmpty || order.Workspace.IsEmpty || order.Agent.IsEmpty)
        {
            return "A credential belongs to a tenant, a workspace and an agent: name all three.";
        }

        if (order.Kind is not (CredentialKind.Bearer or CredentialKind.HmacSha256 or CredentialKind.EcdsaP256Sha256))
        {
            return "There is no such kind of credential: order a bearer, an HMAC or an ECDSA one.";
        }

        if (order.KeyVersion < 1)
        {
            return "Key versions start at 1.";
        }

        if (order.Lifetime is { } life && (life < ShortestLifetime || life > LongestLifetime))
        {
            return "A credential lives from 1 minute to 365 days.";
        }

        return order.PublicKeyPem is not null && order.Kind != CredentialKind.EcdsaP256Sha256
            ? "A public key goes with an ECDSA credential only."
            : "";
    }

    private IssuedCredential IssueBearer(CredentialOrder order)
    {
        var (id, text) = NewKey(AgentKeyKind.Bearer, order);
        AgentKeyText.TryParse(text, out var key);
        return new IssuedCredential(Record(order, id, BearerHash.Compute(pepper, key.Secret)), new Secret(text));
    }

    private IssuedCredential IssueHmac(CredentialOrder order)
    {
        var (id, text) = NewKey(AgentKeyKind.RuntimeSecret, order);
        AgentKeyText.TryParse(text, out var key);
        var derived = RuntimeKeyDerivation.Derive(key.Secret, order.Tenant, order.Agent, order.KeyVersion);
        var material = envelope.Seal(order.Tenant, CredentialMaterial.NameOf(id), derived);
        CryptographicOperations.ZeroMemory(derived);
        return new IssuedCredential(Record(order, id, material), new Secret(text));
    }

    private IssuedCredential? IssueEcdsa(CredentialOrder order, out string error)
    {
        error = "";
        var id = AgentKeyText.NewId();
        if (order.PublicKeyPem is { } pem)
        {
            return AgentPublicKey.TryRead(pem, out var given, out error)
                ? new IssuedCredential(Record(order, id, given), ShownOnce: null)
                : null;
        }

        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var material = Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo());
        return new IssuedCredential(Record(order, id, material), new Secret(pair.ExportPkcs8PrivateKeyPem()));
    }

    private static (string Id, string Text) NewKey(AgentKeyKind kind, CredentialOrder order)
    {
        var id = AgentKeyText.NewId();
        return (id, AgentKeyText.Generate(kind, order.Tenant, id));
    }

    private CredentialRecord Record(CredentialOrder order, string id, string material)
    {
        var now = clock.GetUtcNow();
        var lifetime = order.Lifetime ?? (order.Kind == CredentialKind.Bearer ? DefaultBearerLifetime : null);
        return new CredentialRecord
        {
            Id = id,
            Tenant = order.Tenant,
            Workspace = order.Workspace,
            Agent = order.Agent,
            AgentUid = order.AgentUid,
            Name = order.Name,
            Kind = order.Kind,
            KeyVersion = order.KeyVersion,
            Material = material,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
    }
}
