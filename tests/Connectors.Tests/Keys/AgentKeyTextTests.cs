using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Keys;

public sealed class AgentKeyTextTests
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");

    [Theory]
    [InlineData("acme", AgentKeyKind.Bearer, "gwk_acme.")]
    [InlineData("a", AgentKeyKind.RuntimeSecret, "gws_a.")]
    [InlineData("with.dots.and_more-", AgentKeyKind.Bearer, "gwk_with.dots.and_more-.")]
    [InlineData("a23456789b123456789c123456789d123456789e123456789f123456789g1234", AgentKeyKind.Bearer, "gwk_a23")]
    public void Parse_WhatWasGenerated_FindsEveryPart(string tenant, AgentKeyKind kind, string start)
    {
        var id = AgentKeyText.NewId();
        var text = AgentKeyText.Generate(kind, Id<Tenant>.Parse(tenant), id);

        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.True(text.Length <= AgentKeyText.MaxLength);
        Assert.True(AgentKeyText.TryParse(text, out var key));
        Assert.Equal(kind, key.Kind);
        Assert.Equal(tenant, key.Tenant.ToString());
        Assert.Equal(id, key.Id.ToString());
        Assert.Equal($"{tenant}.{id}", key.KeyId.ToString());
        Assert.Equal(AgentKeyText.SecretLength, key.Secret.Length);
        Assert.Equal($"{tenant}.{id}.***", key.ToString());
    }

    [Fact]
    public void Parse_AKnownKey_HasTheChecksumOfZlib()
    {
        // CRC-32 of the text before it, as zlib.crc32 gives it, in base 62.
        const string key = "gwk_acme.abcdefghij.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg";

        Assert.True(AgentKeyText.TryParse(key + "1JGyDB", out _));
    }

    [Fact]
    public void Parse_AnyOneCharacterChanged_Refuses()
    {
        var text = AgentKeyText.Generate(AgentKeyKind.Bearer, Acme, AgentKeyText.NewId());

        for (var i = 0; i < text.Length; i++)
        {
            foreach (var c in "0aAzZ.-_ \0é\u0141")
            {
                Assert.Equal(c == text[i], AgentKeyText.TryParse(text[..i] + c + text[(i + 1)..], out _));
            }
        }
    }

    [Fact]
    public void Parse_CutOrLengthened_Refuses()
    {
        var text = AgentKeyText.Generate(AgentKeyKind.RuntimeSecret, Acme, AgentKeyText.NewId());

        for (var i = 0; i < text.Length; i++)
        {
            Assert.False(AgentKeyText.TryParse(text.AsSpan(0, i), out _));
            Assert.False(AgentKeyText.TryParse(text.AsSpan(i + 1), out _));
        }

        Assert.False(AgentKeyText.TryParse(text + " ", out _));
        Assert.False(AgentKeyText.TryParse(" " + text, out _));
        Assert.False(AgentKeyText.TryParse(new string('a', 1 << 20), out _));
    }

    [Fact]
    public void Parse_AnyText_NeverThrows() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>(),
                text =>
                    !AgentKeyText.TryParse(text, out _)
                    && !AgentKeyText.TryParse("gwk_" + text, out _)
                    && !AgentKeyText.TryParseKeyId(text, out _, out _)
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("acme.abcdefgh23", "acme", "abcdefgh23")]
    [InlineData("a.b.abcdefgh23", "a.b", "abcdefgh23")]
    public void ParseKeyId_SplitsFromTheRight(string text, string tenant, string id)
    {
        Assert.True(AgentKeyText.TryParseKeyId(text, out var foundTenant, out var foundId));
        Assert.Equal((tenant, id), (foundTenant.ToString(), foundId.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".abcdefgh23")]
    [InlineData("acme.abcdefgh2")]
    [InlineData("acme.ABCDEFGH23")]
    [InlineData("acme.abcdefgh01")]
    [InlineData("Acme.abcdefgh23")]
    [InlineData("acme-abcdefgh23")]
    public void ParseKeyId_AnythingElse_Refuses(string text) => Assert.False(AgentKeyText.TryParseKeyId(text, out _, out _));

    [Fact]
    public void Parse_AllocatesNothing()
    {
        var text = AgentKeyText.Generate(AgentKeyKind.Bearer, Acme, AgentKeyText.NewId());
        AgentKeyText.TryParse(text, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AgentKeyText.TryParse(text, out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Generate_Twice_GivesTwoSecrets()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => AgentKeyText.Generate(AgentKeyKind.Bearer, Acme, "abcdefgh23")).ToHashSet();

        Assert.Equal(1000, keys.Count);
    }

    [Fact]
    public void Generate_NoKindNoTenantOrAWrongId_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => AgentKeyText.Generate(AgentKeyKind.Unknown, Acme, "abcdefgh23"));
        Assert.Throws<ArgumentException>(() => AgentKeyText.Generate(AgentKeyKind.Bearer, default, "abcdefgh23"));
        Assert.Throws<ArgumentException>(() => AgentKeyText.Generate(AgentKeyKind.Bearer, Acme, "short"));
    }
}
