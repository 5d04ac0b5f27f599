using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Credentials;

namespace Gateway.Proxy.Tests.Credentials;

public sealed class SecretGuardTests
{
    private const string Token = "abcabcabd-token";

    [Theory]
    [InlineData(CredentialPlacement.Header, "tell: abcabcabd-token.")]
    [InlineData(CredentialPlacement.Scheme, "Bearer abcabcabd-token")]
    [InlineData(CredentialPlacement.Query, "?key=abcabcabd-token")]
    [InlineData(CredentialPlacement.Basic, "abcabcabd-token")]
    public void Credential_in_an_answer_is_found(CredentialPlacement placement, string answer) =>
        Assert.True(Guard(placement, Token).IsIn(Encoding.ASCII.GetBytes(answer)));

    [Fact]
    public void Basic_credential_is_found_encoded_whole_and_by_its_password()
    {
        var guard = Guard(CredentialPlacement.Basic, "someone:pass-word-1");

        Assert.True(guard.IsIn("Basic c29tZW9uZTpwYXNzLXdvcmQtMQ=="u8));
        Assert.True(guard.IsIn("someone:pass-word-1"u8));
        Assert.True(guard.IsIn("it was pass-word-1"u8));
        Assert.False(guard.IsIn("hello someone"u8));
    }

    [Fact]
    public void Query_credential_is_found_as_it_was_escaped() =>
        Assert.True(Guard(CredentialPlacement.Query, "a b+c/d=e").IsIn("?key=a%20b%2Bc%2Fd%3De"u8));

    /// <summary>What systems make of a value when they say it in JSON, HTML, a URL, a dump or a header's encoding.</summary>
    public static TheoryData<string> Encodings =>
        [
            "json-slash",
            "json-unicode",
            "json-in-json",
            "html-in-json",
            "hex-escapes",
            "percent",
            "percent-lower",
            "percent-all",
            "percent-twice",
            "html-decimal",
            "html-hex",
            "html-named",
            "base64-0",
            "base64-1",
            "base64-2",
            "base64url-0",
            "base64url-1",
            "base64url-2",
            "base64-wrapped",
            "base64-in-json",
            "base64-utf16",
            "hex",
            "hex-upper",
            "hex-dashes",
            "bytes",
            "utf16",
            "utf16-big",
            "wrapped",
        ];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Credential_is_found_however_it_is_encoded_and_nothing_of_it_gets_through_in_parts(string encoding)
    {
        const string Secret = "k/9+Zq?~W_x-4&tE=s0\\\"yu>Pd";
        var guard = Guard(CredentialPlacement.Header, Secret);
        byte[] answer = [.. "{\"it was\": \""u8, .. Encoded(encoding, Secret), .. "\"} and more"u8];

        Assert.True(guard.IsIn(answer));
        Assert.False(guard.IsIn(Encoding.ASCII.GetBytes("{\"it was\": \"none of yours, and no other\"} and more")));
        foreach (var size in new[] { 1, 2, 3, 7 })
        {
            Assert.True(Pass(guard, answer, [size]).Length <= "{\"it was\": \"xyz"u8.Length);
        }
    }

    /// <summary>Each character escaped in a way of its own, and the answer in parts of any size.</summary>
    [Fact]
    public void Credential_is_found_under_any_mix_of_escapes() =>
        Prop.ForAll(
                Gen.Elements(
                        "{0}",
                        "\\u{1:x4}",
                        "\\u{1:X4}",
                        "\\x{1:x2}",
                        "%{1:X2}",
                        "%{1:x2}",
                        "%25{1:X2}",
                        "&#{1};",
                        "&#x{1:x};",
                        "\\\\u{1:x4}"
                    )
                    .ArrayOf(Token.Length)
                    .ToArbitrary(),
                Gen.Choose(1, 9).ListOf(40).ToArbitrary(),
                (ways, sizes) =>
                {
                    var said = string.Concat(
                        ways.Zip(Token, (way, c) => string.Format(System.Globalization.CultureInfo.InvariantCulture, way, c, (int)c))
                    );
                    var guard = Guard(CredentialPlacement.Header, Token);
                    var answer = Encoding.ASCII.GetBytes("before: " + said + " behind");
                    return guard.IsIn(answer) && Pass(guard, answer, sizes).Length <= "before: ".Length;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData(255 * 1024)]
    [InlineData(256 * 1024)]
    [InlineData(600 * 1024)]
    public void Credential_is_found_anywhere_in_a_long_answer(int before)
    {
        var guard = Guard(CredentialPlacement.Header, Token);
        var filler = string.Concat(Enumerable.Repeat("a line of \\u0061 text\n", (before / 22) + 1))[..before];

        Assert.True(guard.IsIn(Encoding.ASCII.GetBytes(filler + " abcabcabd\\u002dtoken" + filler)));
        Assert.True(guard.IsIn(Encoding.ASCII.GetBytes(filler + Token)));
        Assert.False(guard.IsIn(Encoding.ASCII.GetBytes(filler + Token[1..] + filler)));
    }

    [Fact]
    public void Basic_credential_is_found_encoded_again_and_by_its_password_in_another_base64()
    {
        var guard = Guard(CredentialPlacement.Basic, "someone:pass-word-1");
        var sent = Convert.ToBase64String("someone:pass-word-1"u8);

        Assert.True(guard.IsIn(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.ASCII.GetBytes($"Authorization: Basic {sent}")))));
        Assert.True(guard.IsIn(Encoding.ASCII.GetBytes(Convert.ToBase64String("{\"password\":\"pass-word-1\"}"u8))));
        Assert.True(guard.IsIn("pass%2Dword%2D1"u8));
    }

    /// <summary>A text of one character, or of nothing but escapes, takes no longer than any other of its length.</summary>
    [Theory]
    [InlineData("\\")]
    [InlineData("%")]
    [InlineData("&")]
    [InlineData("%25")]
    [InlineData("\\u0061")]
    [InlineData("abcabcab")]
    [InlineData("\0")]
    public void Any_text_is_looked_through_and_little_of_it_waits(string piece)
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(piece, 4_000_000 / piece.Length)));
        var guard = Guard(CredentialPlacement.Header, Token);

        Assert.False(guard.IsIn(text));
        Assert.InRange(guard.BeginsIn(text), 0, 200);
    }

    [Fact]
    public void Guard_is_made_once_for_a_secret()
    {
        Assert.True(CredentialReference.TryParse("vault://local/a#b", out var reference));
        var (use, secret) = (new CredentialUse(reference!, CredentialPlacement.Header, "key"), new Secret(Token));

        Assert.Same(SecretGuard.Of(use, secret), SecretGuard.Of(use, secret));
        Assert.NotSame(SecretGuard.Of(use, secret), SecretGuard.Of(use with { Placement = CredentialPlacement.Basic }, secret));
    }

    [Theory]
    [InlineData("abcabcabd-toke")]
    [InlineData("ABCABCABD-TOKEN")]
    [InlineData("")]
    public void Other_text_passes(string answer) =>
        Assert.False(Guard(CredentialPlacement.Header, Token).IsIn(Encoding.ASCII.GetBytes(answer)));

    [Fact]
    public void Nothing_is_looked_for_where_nothing_was_sent_or_it_could_be_guessed()
    {
        Assert.Same(SecretGuard.None, SecretGuard.Of(null, null));
        Assert.Same(SecretGuard.None, Guard(CredentialPlacement.Header, "short"));
        Assert.False(SecretGuard.None.IsIn("anything"u8));
        Assert.Equal(0, SecretGuard.None.BeginsIn("anything"u8));
    }

    /// <summary>However an answer comes in parts, what was let through before the credential was found holds nothing of it.</summary>
    [Fact]
    public void However_an_answer_is_divided_nothing_of_the_credential_gets_through() =>
        Prop.ForAll(
                Gen.Elements("a", "b", "c", "abc", "abcabcab", "x").ListOf().Select(string.Concat).ToArbitrary(),
                Gen.Choose(1, 6).ListOf(40).ToArbitrary(),
                (before, sizes) =>
                {
                    var answer = Encoding.ASCII.GetBytes(before + Token + "behind");
                    var passed = Encoding.ASCII.GetString(Pass(Guard(CredentialPlacement.Header, Token), answer, sizes));
                    return passed == before[..Math.Min(before.Length, passed.Length)]
                        && !passed.Contains("abcabcabd", StringComparison.Ordinal);
                }
            )
            .QuickCheckThrowOnFailure();

    private static byte[] Encoded(string encoding, string secret)
    {
        var bytes = Encoding.ASCII.GetBytes(secret);
        var json = System.Text.Json.JsonSerializer.Serialize(secret)[1..^1];
        byte[] shifted = [.. new byte[encoding[^1] is >= '0' and <= '2' ? encoding[^1] - '0' : 0], .. bytes, .. "behind"u8];
        return Encoding.ASCII.GetBytes(
            encoding switch
            {
                "json-slash" => secret.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("/", "\\/"),
                "json-unicode" => json,
                "json-in-json" => System.Text.Json.JsonSerializer.Serialize(json),
                "html-in-json" => System.Text.Json.JsonSerializer.Serialize(System.Net.WebUtility.HtmlEncode(secret)),
                "hex-escapes" => string.Concat(bytes.Select(b => $"\\x{b:x2}")),
                "percent" => Uri.EscapeDataString(secret),
                "percent-lower" => Lower(Uri.EscapeDataString(secret)),
                "percent-all" => string.Concat(bytes.Select(b => $"%{b:X2}")),
                "percent-twice" => Uri.EscapeDataString(Uri.EscapeDataString(secret)),
                "html-decimal" => string.Concat(bytes.Select(b => $"&#{b};")),
                "html-hex" => string.Concat(bytes.Select(b => $"&#x{b:X};")),
                "html-named" => secret
                    .Replace("&", "&amp;")
                    .Replace("+", "&plus;")
                    .Replace("/", "&sol;")
                    .Replace(">", "&gt;")
                    .Replace("=", "&equals;"),
                "base64-wrapped" => string.Join("\r\n", Convert.ToBase64String(shifted).Chunk(8).Select(c => new string(c))),
                "base64-in-json" => Convert.ToBase64String(shifted).Replace("+", "\\u002B").Replace("/", "\\/"),
                "base64-utf16" => Convert.ToBase64String(Encoding.Unicode.GetBytes("x" + secret)),
                "hex" => Convert.ToHexStringLower(bytes),
                "hex-upper" => Convert.ToHexString(bytes),
                "hex-dashes" => BitConverter.ToString(bytes),
                "bytes" => string.Join(',', bytes),
                "utf16" => Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret)),
                "utf16-big" => Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes(secret)),
                "wrapped" => string.Join('\n', secret.Chunk(5).Select(c => new string(c))),
                _ when encoding.StartsWith("base64url", StringComparison.Ordinal) => System.Buffers.Text.Base64Url.EncodeToString(shifted),
                _ => Convert.ToBase64String(shifted),
            }
        );
    }

    private static string Lower(string escaped) =>
        System.Text.RegularExpressions.Regex.Replace(escaped, "%[0-9A-F]{2}", escape => escape.Value.ToLowerInvariant());

    private static byte[] Pass(SecretGuard guard, byte[] answer, IList<int> sizes)
    {
        var (passed, held) = (new List<byte>(), new List<byte>());
        for (int at = 0, part = 0; at < answer.Length; part++)
        {
            var size = Math.Min(sizes.Count > 0 ? sizes[part % sizes.Count] : 1, answer.Length - at);
            held.AddRange(answer.AsSpan(at, size));
            at += size;
            if (guard.IsIn([.. held]))
            {
                return [.. passed];
            }

            var wait = guard.BeginsIn([.. held]);
            passed.AddRange(held[..^wait]);
            held.RemoveRange(0, held.Count - wait);
        }

        throw new InvalidOperationException("The credential was not found.");
    }

    private static SecretGuard Guard(CredentialPlacement placement, string secret)
    {
        Assert.True(CredentialReference.TryParse("vault://local/a#b", out var reference));
        return SecretGuard.Of(new CredentialUse(reference!, placement, "key"), new Secret(secret));
    }
}
