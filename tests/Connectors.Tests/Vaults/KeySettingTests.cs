using System.Security.Cryptography;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class KeySettingTests
{
    private readonly List<KeyError> _errors = [];

    [Fact]
    public void Parse_OneKeyAndOlderOnes_KeepsTheirOrder()
    {
        var keys = KeySetting.Parse("S", $"{TestKeys.Text("new")}, {TestKeys.Text("old")},{TestKeys.Text("older")}", _errors);

        Assert.Equal(["new", "old", "older"], keys!.Select(k => k.Id));
        Assert.Empty(_errors);
    }

    [Fact]
    public void Parse_EitherBase64Alphabet_GivesTheSameKey()
    {
        var bytes = Enumerable.Repeat((byte)0xFB, 31).Append((byte)0xEF).ToArray();
        var plain = Convert.ToBase64String(bytes);
        var url = plain.Replace('+', '-').Replace('/', '_').TrimEnd('=');

        Assert.NotEqual(plain, url);
        Assert.All(
            [plain, url, plain.TrimEnd('='), url + "="],
            text => Assert.Equal(bytes, Assert.Single(KeySetting.Parse("S", "k:" + text, _errors)!).Bytes.ToArray())
        );
    }

    [Fact]
    public void Format_ThenParse_GivesTheKeyBack()
    {
        var key = TestKeys.New("a_b-C9");

        var parsed = Assert.Single(KeySetting.Parse("S", KeySetting.Format(key), _errors)!);

        Assert.Equal(key.Id, parsed.Id);
        Assert.Equal(key.Bytes.ToArray(), parsed.Bytes.ToArray());
    }

    [Theory]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "no key id")]
    [InlineData(":AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "no key id")]
    [InlineData("a.b:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "no key id")]
    [InlineData("k:", "isn't base64")]
    [InlineData("k:AAECAwQF", "isn't base64")]
    [InlineData("k:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISI=", "isn't base64")]
    [InlineData("k:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8==", "isn't base64")]
    [InlineData("k:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh!", "isn't base64")]
    [InlineData("k:AAECAwQFBgcICQoLDA0OD AREhMUFRYXGBkaGxwdHh8=", "isn't base64")]
    [InlineData("k:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "isn't base64")]
    [InlineData("k:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "one byte repeated")]
    public void Parse_WhatIsNoKey_SaysSoWithoutShowingIt(string text, string problem)
    {
        Assert.Null(KeySetting.Parse("THE_SETTING", text, _errors));

        var error = Assert.Single(_errors).ToString();
        Assert.StartsWith("THE_SETTING", error, StringComparison.Ordinal);
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.DoesNotContain("AAEC", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SeveralProblems_ReportsAllAtOnce()
    {
        Assert.Null(KeySetting.Parse("S", $"nonsense,k:short,{TestKeys.Text("same")},{TestKeys.Text("same")}", _errors));

        Assert.Equal(3, _errors.Count);
    }

    [Fact]
    public void Parse_TooManyKeys_IsRefused()
    {
        var text = string.Join(',', Enumerable.Range(0, KeySetting.MaxKeys + 1).Select(i => TestKeys.Text($"k{i}")));

        Assert.Null(KeySetting.Parse("S", text, _errors));
        Assert.Single(_errors);
    }

    [Fact]
    public void ToString_OfAKey_ShowsTheIdOnly()
    {
        var bytes = RandomNumberGenerator.GetBytes(NamedKey.Length);

        Assert.Equal("k1:***", new NamedKey("k1", bytes).ToString());
    }
}
