using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Redaction;

/// <summary>
/// What each pattern finds, and what it leaves alone. The card, account and key texts are made-up or the issuers' own test values.
/// </summary>
public sealed class TextScannerTests
{
    [Theory]
    [InlineData("bob@example.com", "bob@example.com")]
    [InlineData("to:first.last+tag@mail.example.co.uk.", "first.last+tag@mail.example.co.uk")]
    [InlineData("<jürgen@müller.de>", "jürgen@müller.de")]
    [InlineData("mailto:a_b%c@x-y.org?subject=x", "a_b%c@x-y.org")]
    [InlineData("@bob at example.com", null)]
    [InlineData("bob@localhost", null)]
    [InlineData("git@10.0.0.1:repo", null)]
    [InlineData("a@b@c", null)]
    public void Email(string text, string? found) => AssertFinds(RedactionPatterns.Email, text, found);

    [Theory]
    [InlineData("4111111111111111", "4111111111111111")]
    [InlineData("card 4111 1111 1111 1111, 12/30", "4111 1111 1111 1111")]
    [InlineData("4111-1111-1111-1111", "4111-1111-1111-1111")]
    [InlineData("amex 378282246310005!", "378282246310005")]
    [InlineData("6011111111111117", "6011111111111117")]
    [InlineData("2223003122003222", "2223003122003222")]
    [InlineData("12 4111 1111 1111 1111", "4111 1111 1111 1111")]
    [InlineData("4111111111111112", null)]
    [InlineData("1700000000000", null)]
    [InlineData("0.4111111111111111", null)]
    [InlineData("4111111111111111.5", null)]
    [InlineData("4111111111111111.0", "4111111111111111")]
    [InlineData("4111111111111111.00 EUR", "4111111111111111")]
    [InlineData("4111111111111111.001", null)]
    [InlineData("4111111111111111.0.1", null)]
    [InlineData("paid by 4111.1111.1111.1111.", "4111.1111.1111.1111")]
    [InlineData("4111  1111  1111  1111", "4111  1111  1111  1111")]
    [InlineData("4111 - 1111 - 1111 - 1111", "4111 - 1111 - 1111 - 1111")]
    [InlineData("card:\n4111\n1111\n1111\r\n1111\n12/30", "4111\n1111\n1111\r\n1111")]
    [InlineData("4111_1111_1111_1111", "4111_1111_1111_1111")]
    [InlineData("4111 1111-1111.1111", "4111 1111-1111.1111")]
    [InlineData("4012 8888 8888\n1881", "4012 8888 8888\n1881")]
    [InlineData("4111/1111/1111/1111", "4111/1111/1111/1111")]
    [InlineData("3782.822463.10005", "3782.822463.10005")]
    [InlineData("4111\n1111\n1111\n1111\n1111", null)]
    [InlineData("1234.4111.1111.1111.1111", null)]
    [InlineData("4111.1111.1111.1112", null)]
    [InlineData("4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1", null)]
    [InlineData("41111.11111.11111.1", null)]
    [InlineData("4111,1111,1111,1111", null)]
    [InlineData("4111     1111     1111     1111", null)]
    [InlineData("a4111111111111111", null)]
    [InlineData("41111111111111111111111111", null)]
    public void Card(string text, string? found) => AssertFinds(RedactionPatterns.Card, text, found);

    [Theory]
    [InlineData("DE89370400440532013000", "DE89370400440532013000")]
    [InlineData("IBAN: GB82 WEST 1234 5698 7654 32.", "GB82 WEST 1234 5698 7654 32")]
    [InlineData("de89 3704 0044 0532 0130 00", "de89 3704 0044 0532 0130 00")]
    [InlineData("NO9386011117947", "NO9386011117947")]
    [InlineData("DE89-3704-0044-0532-0130-00", "DE89-3704-0044-0532-0130-00")]
    [InlineData("DE89.3704.0044.0532.0130.00", "DE89.3704.0044.0532.0130.00")]
    [InlineData("DE89  3704\n0044 0532 0130 00", "DE89  3704\n0044 0532 0130 00")]
    [InlineData("DE89-3704-0044-0532-0130-01", null)]
    [InlineData("DE89370400440532013001", null)]
    [InlineData("XX89370400440532013000", null)]
    [InlineData("DE8937040044053201300", null)]
    [InlineData("DE893704004405320130001", null)]
    public void Iban(string text, string? found) => AssertFinds(RedactionPatterns.Iban, text, found);

    [Theory]
    [InlineData("call +49 151 23456789 now", "+49 151 23456789")]
    [InlineData("+1 (555) 123-4567", "+1 (555) 123-4567")]
    [InlineData("0049 30 1234567", "0049 30 1234567")]
    [InlineData("555-123-4567", "555-123-4567")]
    [InlineData("(030) 1234567", "(030) 1234567")]
    [InlineData("030/1234567", "030/1234567")]
    [InlineData("01 23 45 67 89", "01 23 45 67 89")]
    [InlineData("2026-11-21T05:34:28Z", null)]
    [InlineData("05.11.2026 09:00", null)]
    [InlineData("192.168.100.200", null)]
    [InlineData("1700000000000", null)]
    [InlineData("00000000-0000-0000-0000-000000000000", null)]
    [InlineData("version 1.2.3", null)]
    [InlineData("12345678", null)]
    [InlineData("+1", null)]
    public void Phone(string text, string? found) => AssertFinds(RedactionPatterns.Phone, text, found);

    [Theory]
    [InlineData("key=sk-proj-abcDEF0123456789 end", "sk-proj-abcDEF0123456789")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("\"ghp_abcdefghijklmnopqrstuvwxyz0123456789\"", "ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_-123", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_-123")]
    [InlineData(
        "x -----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY----- y",
        "-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----"
    )]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMHc", "-----BEGIN PRIVATE KEY-----\nMHc")]
    [InlineData("-----BEGIN CERTIFICATE-----", null)]
    [InlineData("task-1234567890123456", null)]
    [InlineData("xoxb-1234567890", "xoxb-1234567890")]
    [InlineData("eyJ45678.eyJ45678", "eyJ45678.eyJ45678")]
    [InlineData("-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----")]
    [InlineData("sk-short", null)]
    [InlineData("eyJhbGciOiJIUzI1NiJ9", null)]
    public void Secret(string text, string? found) => AssertFinds(RedactionPatterns.Secret, text, found);

    /// <summary>
    /// Whatever a text lacks that a pattern needs, looking for it first changes nothing: behind the text stands every such byte, where no
    /// find can begin.
    /// </summary>
    [Fact]
    public void WhatIsFound_DoesNotDependOnWhatElseIsInTheText() =>
        Prop.ForAll(
                Gen.Elements(
                        "bob@example.com",
                        "sk-12345678901234567890",
                        "AKIA1234567890123456",
                        "xoxb-1234567890",
                        "eyJ45678.eyJ45678",
                        "4111111111111111",
                        "DE89370400440532013000",
                        "+49 151 23456789",
                        "hf_",
                        "a",
                        "1",
                        ".",
                        "@",
                        "-",
                        "_",
                        " ",
                        "A",
                        "é"
                    )
                    .ArrayOf()
                    .Select(string.Concat)
                    .Zip(Gen.Choose(0, 31))
                    .ToArbitrary(),
                one =>
                {
                    var (text, patterns) = (Encoding.UTF8.GetBytes(one.Item1), (RedactionPatterns)one.Item2);
                    byte[] longer = [.. text, .. "\n\n@\n7\n-\n_\n.\nA\n"u8];
                    return TextScanner.TryFind(text, patterns, 0, out var find) == TextScanner.TryFind(longer, patterns, 0, out var same)
                        && find == same;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    /// <summary>Looking from sign to sign finds what looking at each place finds, from whichever place on.</summary>
    [Fact]
    public void Email_Alone_IsFoundWhereOneBeginsFirst() =>
        Prop.ForAll(
                Gen.Elements("bob@example.com", "a@b.co", "@", "a", ".", " ", "é", "-", "1", "x@y")
                    .ArrayOf()
                    .Select(string.Concat)
                    .Zip(Gen.Choose(0, 40))
                    .ToArbitrary(),
                one =>
                {
                    var text = Encoding.UTF8.GetBytes(one.Item1);
                    var from = Math.Min(one.Item2, text.Length);
                    var first = Enumerable
                        .Range(from, text.Length - from)
                        .Select(at => (At: at, Length: EmailPattern.LengthAt(text, at)))
                        .FirstOrDefault(place => place.Length > 0);
                    return TextScanner.TryFind(text, RedactionPatterns.Email, from, out var find) == (first.Length > 0)
                        && (find.Start, find.Length) == first;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    /// <summary>Without an @ there is no address, but while one is looked for nothing is skipped.</summary>
    [Fact]
    public void SkippingToWhatFindsHaveAtTheirBeginning_MissesNone() =>
        Prop.ForAll(
                Gen.Elements(
                        "sk-12345678901234567890",
                        "AKIA1234567890123456",
                        "ya29.1234567890123456",
                        "github_pat_123456789012345678901234567890",
                        "-----BEGIN PRIVATE KEY-----",
                        "eyJ45678.eyJ45678",
                        "4111 1111 1111 1111",
                        "DE89370400440532013000",
                        "no9386011117947",
                        "+49 151 23456789",
                        "(030) 1234567",
                        "words between ",
                        "D",
                        "E8",
                        "1",
                        "+",
                        "(",
                        ".",
                        "-",
                        " ",
                        "é"
                    )
                    .ArrayOf()
                    .Select(string.Concat)
                    .Zip(Gen.Choose(0, 31))
                    .Zip(Gen.Choose(0, 60))
                    .ToArbitrary(),
                one =>
                {
                    var (text, patterns) = (
                        Encoding.UTF8.GetBytes(one.Item1.Item1),
                        (RedactionPatterns)one.Item1.Item2 & ~RedactionPatterns.Email
                    );
                    var from = Math.Min(one.Item2, text.Length);
                    return patterns == 0
                        || (
                            TextScanner.TryFind(text, patterns, from, out var find)
                                == TextScanner.TryFind(text, patterns | RedactionPatterns.Email, from, out var same)
                            && find == same
                        );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    private static void AssertFinds(RedactionPatterns pattern, string text, string? expected)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var found = TextScanner.TryFind(utf8, pattern, 0, out var find);

        Assert.Equal(expected, found ? Encoding.UTF8.GetString(utf8, find.Start, find.Length) : null);
        Assert.False(TextScanner.TryFind(utf8, RedactionPatterns.None, 0, out _));
        Assert.False(TextScanner.TryFind(RedactionMarkers.Of(pattern), (RedactionPatterns)31, 0, out _));
    }
}
