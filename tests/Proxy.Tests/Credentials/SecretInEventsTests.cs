using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;

namespace Gateway.Proxy.Tests.Credentials;

/// <summary>A credential that a stream tells in parts, each in an event of its own.</summary>
public sealed class SecretInEventsTests
{
    private const string Token = "zq/9+Token-4711";

    /// <summary>Where each dialect has the text of a delta; the number tells two parts of one answer apart.</summary>
    [Theory]
    [InlineData("""{"id":"c1","choices":[{"index":{1},"delta":{"content":"{0}"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":{1},"function":{"arguments":"{0}"}}]}}]}""")]
    [InlineData("""{"type":"content_block_delta","index":{1},"delta":{"type":"text_delta","text":"{0}"}}""")]
    [InlineData("""{"type":"content_block_delta","delta":{"type":"input_json_delta","partial_json":"{0}"},"index":{1}}""")]
    [InlineData("""{"type":"response.output_text.delta","output_index":{1},"content_index":0,"delta":"{0}","sequence_number":7}""")]
    [InlineData("""["{0}",{1}]""")]
    public void Parts_at_one_place_are_one_text_however_they_are_divided(string shape) =>
        Prop.ForAll(
                Gen.Choose(1, 5).ListOf(20).ToArbitrary(),
                Gen.Elements("", "see: ").ToArbitrary(),
                (sizes, before) =>
                {
                    foreach (var said in new[] { Token, Token.Replace("/", "\\/", StringComparison.Ordinal), Base64(Token), Hex(Token) })
                    {
                        var text = before + said;
                        var events = new SecretInEvents(Guard());
                        for (int at = 0, part = 0; at < text.Length; part++)
                        {
                            var size = Math.Min(sizes.Count > 0 ? sizes[part % sizes.Count] : 1, text.Length - at);
                            var piece = JsonSerializer.Serialize(text.Substring(at, size))[1..^1];
                            at += size;
                            if (events.IsIn(Event(shape, piece, 0)))
                            {
                                break;
                            }

                            if (at == text.Length || events.IsIn(shape[0] == '{' ? Event(shape, "in between", 1) : "[DONE]"u8.ToArray()))
                            {
                                return false;
                            }

                            if (!events.Begins && at - before.Length >= SecretInEvents.FewestHeld + 2)
                            {
                                return false; // So much of it must not go on. Two characters of base64 are no part of it.
                            }
                        }
                    }

                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void Parts_that_are_no_JSON_are_one_text_too()
    {
        var events = new SecretInEvents(Guard());

        Assert.False(events.IsIn("zq/9+"u8));
        Assert.True(events.Begins);
        Assert.False(events.IsIn("Token"u8));
        Assert.True(events.IsIn("-4711"u8));
    }

    [Fact]
    public void Other_text_passes_and_waits_for_nothing()
    {
        var events = new SecretInEvents(Guard());
        foreach (var word in "A token is a piece of a word; zq is none, nor is -4711 or Token-47. {broken".Split(' '))
        {
            Assert.False(events.IsIn(Event("""{"delta":"{0}"}""", word + " ", 0)));
            Assert.False(events.Begins);
        }

        Assert.False(events.IsIn("{broken"u8));
        Assert.False(events.IsIn("[DONE]"u8));
    }

    [Fact]
    public void What_is_not_gone_on_with_is_waited_for_no_longer_and_still_looked_for()
    {
        var events = new SecretInEvents(Guard());

        Assert.False(events.IsIn("""{"a":"zq/9+Tok"}"""u8));
        for (var i = 0; i < 20; i++)
        {
            Assert.False(events.IsIn("""{"b":"ping"}"""u8));
        }

        Assert.False(events.Begins);
        Assert.True(events.IsIn("""{"a":"en-4711"}"""u8));
    }

    [Fact]
    public void What_every_event_says_is_waited_for_once()
    {
        var events = new SecretInEvents(Guard());

        Assert.False(events.IsIn("{\"id\":\"of zq/9+\"}"u8));
        Assert.True(events.Begins);
        for (var i = 0; i < 3; i++)
        {
            Assert.False(events.IsIn("{\"id\":\"of zq/9+\"}"u8));
            Assert.False(events.Begins);
        }

        Assert.False(events.IsIn("{\"id\":\"Token\"}"u8));
        Assert.True(events.Begins);
        Assert.True(events.IsIn("{\"id\":\"-4711\"}"u8));
    }

    private static byte[] Event(string shape, string text, int index) =>
        Encoding.UTF8.GetBytes(shape.Replace("{0}", text, StringComparison.Ordinal).Replace("{1}", $"{index}", StringComparison.Ordinal));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes("x" + text));

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(text));

    private static SecretGuard Guard()
    {
        Assert.True(CredentialReference.TryParse("vault://local/a#b", out var reference));
        return SecretGuard.Of(new CredentialUse(reference!, CredentialPlacement.Scheme, "Bearer"), new Secret(Token));
    }
}
