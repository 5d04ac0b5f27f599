using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class EnvelopeTests
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");
    private static readonly Id<Tenant> Other = Id<Tenant>.Parse("other");

    private readonly NamedKey _key = TestKeys.New();
    private readonly Envelope _envelope;

    public EnvelopeTests() => _envelope = new Envelope(TestKeys.Ring(keys: _key));

    [Fact]
    public void Open_WhatWasSealed_GivesItBack() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                value => _envelope.Open(Acme, "n", _envelope.Seal(Acme, "n", value ?? [])).AsSpan().SequenceEqual(value)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Seal_TheSameTwice_GivesTwoTextsInTheDocumentedForm()
    {
        var first = _envelope.Seal(Acme, "n", "value"u8);

        Assert.NotEqual(first, _envelope.Seal(Acme, "n", "value"u8));
        Assert.Matches("^v1\\.k1\\.[A-Za-z0-9_-]{16}\\.[A-Za-z0-9_-]{7}\\.[A-Za-z0-9_-]{22}$", first);
    }

    [Fact]
    public void Open_UnderAnotherTenantOrName_Refuses()
    {
        var sealedValue = _envelope.Seal(Acme, "n", "value"u8);

        Assert.Throws<EnvelopeException>(() => _envelope.Open(Other, "n", sealedValue));
        Assert.Throws<EnvelopeException>(() => _envelope.Open(Acme, "m", sealedValue));
    }

    [Fact]
    public void Open_TenantAndNameCutElsewhere_Refuses()
    {
        var sealedValue = _envelope.Seal(Id<Tenant>.Parse("ab"), "c", "value"u8);

        Assert.Throws<EnvelopeException>(() => _envelope.Open(Id<Tenant>.Parse("a"), "bc", sealedValue));
    }

    [Fact]
    public void Open_AnyOneCharacterChanged_Refuses()
    {
        var text = _envelope.Seal(Acme, "n", "a value of some length"u8);

        for (var i = 0; i < text.Length; i++)
        {
            foreach (var c in "AZaz09-_.=+ \n\u00e9")
            {
                if (text[i] != c)
                {
                    var changed = text[..i] + c + text[(i + 1)..];
                    Assert.Throws<EnvelopeException>(() => _envelope.Open(Acme, "n", changed));
                }
            }
        }
    }

    [Fact]
    public void Open_AnyPrefixOrAddition_Refuses()
    {
        var text = _envelope.Seal(Acme, "n", "value"u8);

        for (var length = 0; length < text.Length; length++)
        {
            Assert.Throws<EnvelopeException>(() => _envelope.Open(Acme, "n", text[..length]));
        }

        Assert.Throws<EnvelopeException>(() => _envelope.Open(Acme, "n", text + "A"));
        Assert.Throws<EnvelopeException>(() => _envelope.Open(Acme, "n", text + ".A"));
        Assert.Throws<EnvelopeException>(() => _envelope.Open(Acme, "n", new string('A', 1 << 20)));
    }

    [Fact]
    public void Open_AnyText_NeverThrowsAnythingElse() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>(),
                text =>
                {
                    Assert.Throws<EnvelopeException>(() => _envelope.Open(Acme, "n", text ?? ""));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Open_SealedUnderAnOlderKey_StillOpensAndIsSealedAnew()
    {
        var old = _envelope.Seal(Acme, "n", "value"u8);
        var rotated = new Envelope(TestKeys.Ring(keys: [TestKeys.New("k2"), _key]));

        Assert.Equal("value"u8.ToArray(), rotated.Open(Acme, "n", old));
        Assert.True(rotated.NeedsRewrap(old));
        var rewrapped = rotated.Rewrap(Acme, "n", old);
        Assert.StartsWith("v1.k2.", rewrapped, StringComparison.Ordinal);
        Assert.False(rotated.NeedsRewrap(rewrapped));
        Assert.Equal("value"u8.ToArray(), rotated.Open(Acme, "n", rewrapped));
    }

    [Fact]
    public void Open_KeyGone_NamesTheKeyToBringBack()
    {
        var text = _envelope.Seal(Acme, "n", "value"u8);
        var without = new Envelope(TestKeys.Ring(keys: TestKeys.New("k2")));

        Assert.Contains("'k1'", Assert.Throws<EnvelopeException>(() => without.Open(Acme, "n", text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AnotherKeyUnderTheSameId_Refuses()
    {
        var text = _envelope.Seal(Acme, "n", "value"u8);

        Assert.Throws<EnvelopeException>(() => new Envelope(TestKeys.Ring(keys: TestKeys.New("k1"))).Open(Acme, "n", text));
    }

    [Fact]
    public void Seal_NoTenantNoNameOrTooMuch_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => _envelope.Seal(default, "n", "v"u8));
        Assert.Throws<ArgumentException>(() => _envelope.Seal(Acme, "", "v"u8));
        Assert.Throws<ArgumentException>(() => _envelope.Seal(Acme, "n", new byte[Envelope.MaxPlaintextLength + 1]));
    }

    [Fact]
    public void Open_TheLongestValue_GivesItBack()
    {
        var value = RandomNumberGenerator.GetBytes(Envelope.MaxPlaintextLength);
        var longestId = new string('k', NamedKey.MaxIdLength);
        var envelope = new Envelope(TestKeys.Ring(keys: TestKeys.New(longestId)));

        Assert.Equal(value, envelope.Open(Acme, "n", envelope.Seal(Acme, "n", value)));
    }

    [Fact]
    public void SelfTest_EveryKey_Passes() => Assert.True(new Envelope(TestKeys.Ring(keys: [_key, TestKeys.New("k2")])).SelfTest());

    [Fact]
    public void Constructor_KeysForAnotherPurpose_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Envelope(TestKeys.Ring(KeyPurpose.DecisionSigning)));
}
