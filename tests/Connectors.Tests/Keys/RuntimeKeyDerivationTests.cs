using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Keys;

public sealed class RuntimeKeyDerivationTests
{
    private const string Secret = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg";
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly Id<Agent> Assistant = Id<Agent>.Parse("assistant");

    [Fact]
    public void Derive_IsHkdfOfTheSecretsText_AsOtherLanguagesComputeIt()
    {
        var info = "\u0000\u0010gateway-agent-v1\u0000\u0004acme\u0000\u0009assistant\u0000\u00011"u8.ToArray();
        var expected = HKDF.DeriveKey(HashAlgorithmName.SHA256, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg"u8.ToArray(), 32, [], info);

        Assert.Equal(expected, RuntimeKeyDerivation.Derive(Secret, Acme, Assistant, 1));
        Assert.Equal(
            "1c41519f4b525ba54c99751b7ff46629e3985ea13f4b4df62bc1341650558705",
            Convert.ToHexStringLower(RuntimeKeyDerivation.Derive(Secret, Acme, Assistant, 1))
        );
    }

    [Fact]
    public void Derive_AnyFieldChanged_GivesAnotherKey()
    {
        var names = Gen.Elements("a", "b", "ab", "a.b", "abc", "1").Two();
        var fields = names.SelectMany(n => Gen.Choose(1, 12).Select(version => (n.Item1, n.Item2, version))).Two().ToArbitrary();
        Prop.ForAll(fields, pair => Of(pair.Item1).SequenceEqual(Of(pair.Item2)) == (pair.Item1 == pair.Item2)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Derive_AnotherSecret_GivesAnotherKey() =>
        Assert.NotEqual(
            RuntimeKeyDerivation.Derive(Secret, Acme, Assistant, 1),
            RuntimeKeyDerivation.Derive("1" + Secret[1..], Acme, Assistant, 1)
        );

    [Fact]
    public void Derive_SomethingMissing_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => RuntimeKeyDerivation.Derive("", Acme, Assistant, 1));
        Assert.Throws<ArgumentException>(() => RuntimeKeyDerivation.Derive(Secret + "x", Acme, Assistant, 1));
        Assert.Throws<ArgumentException>(() => RuntimeKeyDerivation.Derive("é" + Secret[1..], Acme, Assistant, 1));
        Assert.Throws<ArgumentException>(() => RuntimeKeyDerivation.Derive(Secret, default, Assistant, 1));
        Assert.Throws<ArgumentException>(() => RuntimeKeyDerivation.Derive(Secret, Acme, default, 1));
        Assert.Throws<ArgumentException>(() => RuntimeKeyDerivation.Derive(Secret, Acme, Assistant, 0));
    }

    private static byte[] Of((string Tenant, string Agent, int Version) fields) =>
        RuntimeKeyDerivation.Derive(Secret, Id<Tenant>.Parse(fields.Tenant), Id<Agent>.Parse(fields.Agent), fields.Version);
}
