using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Tests.Vaults;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Connectors.Tests.Keys;

public sealed class CredentialIssuerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly KeyRing _pepper = TestKeys.Ring(KeyPurpose.BearerPepper);
    private readonly Envelope _envelope = new(TestKeys.Ring());
    private readonly CredentialIssuer _issuer;

    public CredentialIssuerTests() => _issuer = new CredentialIssuer(_envelope, _pepper, _clock);

    [Fact]
    public void Bearer_ShowsAKeyOnce_AndStoresItsHash()
    {
        var issued = Issue(Order(CredentialKind.Bearer));

        var text = issued.ShownOnce!.Reveal();
        Assert.True(AgentKeyText.TryParse(text, out var key));
        Assert.Equal(AgentKeyKind.Bearer, key.Kind);
        Assert.Equal(issued.KeyId, key.KeyId.ToString());
        Assert.True(BearerHash.Verify(_pepper, issued.Record.Material, key.Secret));
        Assert.Equal(_clock.GetUtcNow().AddDays(90), issued.Record.ExpiresAt);
        Assert.DoesNotContain(key.Secret.ToString(), issued.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hmac_ShowsASecretOnce_AndStoresTheDerivedKeySealed()
    {
        var issued = Issue(Order(CredentialKind.HmacSha256) with { KeyVersion = 3 });

        Assert.True(AgentKeyText.TryParse(issued.ShownOnce!.Reveal(), out var key));
        Assert.Equal(AgentKeyKind.RuntimeSecret, key.Kind);
        var derived = RuntimeKeyDerivation.Derive(key.Secret, issued.Record.Tenant, issued.Record.Agent, 3);
        Assert.Equal(derived, CredentialMaterial.OpenHmacKey(_envelope, issued.Record));
        Assert.Null(issued.Record.ExpiresAt);
        Assert.Equal(3, issued.Record.KeyVersion);
    }

    [Fact]
    public void Hmac_MaterialMovedToAnotherRow_DoesNotOpen()
    {
        var record = Issue(Order(CredentialKind.HmacSha256)).Record;

        Assert.Throws<EnvelopeException>(() => CredentialMaterial.OpenHmacKey(_envelope, record with { Id = "abcdefgh23" }));
        Assert.Throws<EnvelopeException>(() =>
            CredentialMaterial.OpenHmacKey(_envelope, record with { Tenant = Id<Tenant>.Parse("other") })
        );
        Assert.Throws<ArgumentException>(() => CredentialMaterial.OpenHmacKey(_envelope, record with { Kind = CredentialKind.Bearer }));
    }

    [Fact]
    public void Ecdsa_WithoutAKey_ShowsThePrivateHalfOnce_AndStoresThePublicOne()
    {
        var issued = Issue(Order(CredentialKind.EcdsaP256Sha256));

        using var pair = ECDsa.Create();
        pair.ImportFromPem(issued.ShownOnce!.Reveal());
        Assert.Equal(Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo()), issued.Record.Material);
    }

    [Fact]
    public void Ecdsa_WithThePublicKey_StoresItAndShowsNothing()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        var issued = Issue(Order(CredentialKind.EcdsaP256Sha256) with { PublicKeyPem = pair.ExportSubjectPublicKeyInfoPem() });

        Assert.Null(issued.ShownOnce);
        Assert.Equal(Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo()), issued.Record.Material);
    }

    [Fact]
    public void Ecdsa_WhatIsNoPublicKeyOnP256_IsRefused()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        var pem = pair.ExportSubjectPublicKeyInfoPem();

        Assert.Contains("P-256", Refuse(Pem(larger.ExportSubjectPublicKeyInfoPem())), StringComparison.Ordinal);
        Assert.Contains("private key", Refuse(Pem(pair.ExportPkcs8PrivateKeyPem())), StringComparison.Ordinal);
        Assert.Contains("private key", Refuse(Pem(pair.ExportECPrivateKeyPem())), StringComparison.Ordinal);
        Assert.All(
            [
                rsa.ExportSubjectPublicKeyInfoPem(),
                "",
                "rubbish",
                pem[..^30],
                pem.Replace("PUBLIC KEY", "CERTIFICATE", StringComparison.Ordinal),
                new string('a', 5000),
            ],
            text => Assert.Contains("no public key", Refuse(Pem(text)), StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(365 * 86_400, true)]
    [InlineData((365 * 86_400) + 1, false)]
    [InlineData(-60, false)]
    public void Lifetime_FromAMinuteToAYear(int seconds, bool accepted)
    {
        var order = Order(CredentialKind.HmacSha256) with { Lifetime = TimeSpan.FromSeconds(seconds) };

        Assert.Equal(accepted, _issuer.TryIssue(order, out var issued, out var error));
        Assert.Equal(accepted, error.Length == 0);
        Assert.Equal(accepted ? _clock.GetUtcNow().AddSeconds(seconds) : null, issued?.Record.ExpiresAt);
    }

    [Fact]
    public void AnOrderThatSaysTooLittleOrTooMuch_IsRefused()
    {
        var order = Order(CredentialKind.Bearer);

        Assert.All(
            [
                order with
                {
                    Kind = CredentialKind.Unknown,
                },
                order with
                {
                    Kind = (CredentialKind)99,
                },
                order with
                {
                    Tenant = default,
                },
                order with
                {
                    Workspace = default,
                },
                order with
                {
                    Agent = default,
                },
                order with
                {
                    KeyVersion = 0,
                },
                Pem("x") with
                {
                    Kind = CredentialKind.Bearer,
                },
            ],
            wrong => Assert.NotEmpty(Refuse(wrong))
        );
    }

    [Fact]
    public void TwoCredentials_DifferInIdAndSecret()
    {
        var (first, second) = (Issue(Order(CredentialKind.Bearer)), Issue(Order(CredentialKind.Bearer)));

        Assert.NotEqual(first.Record.Id, second.Record.Id);
        Assert.NotEqual(first.Record.Material, second.Record.Material);
    }

    private static CredentialOrder Order(CredentialKind kind) =>
        new()
        {
            Tenant = Id<Tenant>.Parse("acme"),
            Workspace = Id<Workspace>.Parse("main"),
            Agent = Id<Agent>.Parse("assistant"),
            Kind = kind,
        };

    private static CredentialOrder Pem(string pem) => Order(CredentialKind.EcdsaP256Sha256) with { PublicKeyPem = pem };

    private IssuedCredential Issue(CredentialOrder order)
    {
        Assert.True(_issuer.TryIssue(order, out var issued, out var error), error);
        Assert.Equal("", error);
        return issued!;
    }

    private string Refuse(CredentialOrder order)
    {
        Assert.False(_issuer.TryIssue(order, out var issued, out var error));
        Assert.Null(issued);
        return error;
    }
}
