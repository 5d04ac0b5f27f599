using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Identity.Signatures;
using Gateway.Proxy.Identity.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Identity;

/// <summary>A client and a verifier that know one another's keys and share a clock.</summary>
internal sealed class Exchange : IDisposable
{
    public const string Host = "gateway.example";
    public const string KeyId = "acme.abcdefgh23";
    public const string Nonce = "AAECAwQFBgcICQoLDA0ODw";
    public const string Covered =
        "(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"gateway-tenant\" \"gateway-workspace\" \"gateway-agent\" "
        + "\"content-type\")";

    private readonly ECDsa _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    public byte[] Key { get; } = SHA256.HashData("a derived key"u8);
    public SigningIdentity Identity { get; } = new(Id<Tenant>.Parse("acme"), Id<Workspace>.Parse("main"), Id<Agent>.Parse("assistant"));
    public SignatureProfile Profile => new(new AllowedAuthorities([Host]), SignatureProfile.DefaultSkew, Time);
    public RequestSigner Signer => new(new HmacSigningKey(KeyId, Key), Identity, Time);
    public RequestSigner EcdsaSigner => new(new EcdsaSigningKey(KeyId, _ecdsa), Identity, Time);
    public VerificationKey HmacKey => new HmacVerificationKey(Record(CredentialKind.HmacSha256), Key);

    public VerificationKey EcdsaKey =>
        EcdsaVerificationKey.TryCreate(Record(CredentialKind.EcdsaP256Sha256), out var key)
            ? key
            : throw new InvalidOperationException("the test's own key was refused");

    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    public CredentialRecord Record(CredentialKind kind) =>
        new()
        {
            Id = KeyId[5..],
            Tenant = Identity.Tenant,
            Workspace = Identity.Workspace,
            Agent = Identity.Agent,
            Kind = kind,
            KeyVersion = 1,
            Material = Convert.ToBase64String(_ecdsa.ExportSubjectPublicKeyInfo()),
            CreatedAt = Time.GetUtcNow(),
        };

    /// <summary>The parameters that are right at this moment; a test names the one that it wants otherwise.</summary>
    public string Parameters(
        string? created = null,
        string? expires = null,
        string? nonce = null,
        string? keyId = null,
        string? tag = null,
        string more = ""
    ) =>
        $";created={created ?? $"{Now}"};expires={expires ?? $"{Now + 60}"};nonce={nonce ?? $"\"{Nonce}\""}"
        + $";keyid={keyId ?? $"\"{KeyId}\""}{more};tag={tag ?? "\"gateway-agent-v1\""}";

    /// <summary>A request that lacks nothing but the signature.</summary>
    public static TestMessage Unsigned() =>
        new(
            "POST",
            "https",
            Host,
            "/tools/crm/leads?page=1",
            [
                ("Content-Type", "application/json"),
                ("Content-Digest", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"),
                ("Gateway-Tenant", "acme"),
                ("Gateway-Workspace", "main"),
                ("Gateway-Agent", "assistant"),
            ]
        );

    /// <summary>
    /// Signs with exactly this list and parameters, however wrong: where no base can be built, the signature is all zeroes.
    /// </summary>
    public TestMessage Sign(TestMessage message, string? covered = null, string? parameters = null)
    {
        var text = (covered ?? Covered) + (parameters ?? Parameters());
        var signature = BaseOf(message, text) is { } signatureBase
            ? HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes(signatureBase))
            : new byte[32];
        return message.Replacing("Signature-Input", "g=" + text).Replacing("Signature", $"g=:{Convert.ToBase64String(signature)}:");
    }

    /// <summary>Null where there is none.</summary>
    public static string? BaseOf(SignatureMessage message, string parameters)
    {
        var output = new PooledAscii();
        try
        {
            return SignatureBase.TryWrite(message, parameters, ref output) ? Encoding.ASCII.GetString(output.Written) : null;
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <summary>
    /// All three steps. <see cref="ReasonCode.None"/> for a verified signature, <see cref="ReasonCode.MissingCredentials"/> for a request
    /// without one.
    /// </summary>
    public ReasonCode Judge(TestMessage message, VerificationKey? key = null, params string[] declared) =>
        Judge(Profile, message, key, declared)?.Reason ?? ReasonCode.None;

    /// <summary>The same by a profile that has read others before; null for a verified signature.</summary>
    public Refusal? Judge(SignatureProfile profile, TestMessage message, VerificationKey? key = null, params string[] declared)
    {
        var reading = ParsedSignature.Read(message, profile, declared);
        if (reading.Kind == SignatureReadingKind.NotSigned)
        {
            return new Refusal(ReasonCode.MissingCredentials);
        }

        if (reading.Signature is null)
        {
            Assert.NotEqual(ReasonCode.None, reading.Refusal.Reason);
            return reading.Refusal;
        }

        return
            InTimeSignature.TryCheck(reading.Signature, key ?? HmacKey, out var inTime, out var refusal)
            && VerifiedSignature.TryVerify(inTime, out _, out refusal)
            ? null
            : refusal;
    }

    public void Dispose() => _ecdsa.Dispose();
}
