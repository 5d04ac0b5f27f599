using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Http;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.Http;

public sealed class CleanPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/contacts/42")]
    [InlineData("/contacts/")]
    [InlineData("/v1/models/a:generate")]
    [InlineData("/a-b._~!$&'()*+,=:@")]
    [InlineData("/files/.hidden/a..b/c.")]
    [InlineData("/names/J%C3%B6rg%20M")]
    [InlineData("/rate/100%25")]
    public void A_clean_path_stays_as_it_is(string path) => Assert.Equal(path, Clean(path));

    [Theory]
    [InlineData("/%63ontacts/%34%32", "/contacts/42")]
    [InlineData("/a%2eb", "/a.b")]
    [InlineData("/J%c3%b6rg", "/J%C3%B6rg")]
    public void A_needless_spelling_is_made_the_one_that_is_matched_and_sent(string raw, string path) => Assert.Equal(path, Clean(raw));

    [Theory]
    [InlineData("")]
    [InlineData("contacts")]
    [InlineData("http://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/a//b")]
    [InlineData("/a/b//")]
    [InlineData("/..")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/a/.")]
    [InlineData("/a/.../b")]
    [InlineData("/a/..%20/b")]
    [InlineData("/a/%20/b")]
    [InlineData("/a/%2e%2e/b")]
    [InlineData("/a/.%2E/b")]
    [InlineData("/a/%252e%252e/b")]
    [InlineData("/a/%25252e/b")]
    [InlineData("/a/%25%32%65/b")]
    [InlineData("/a/%25%32e/b")]
    [InlineData("/a/%2525%32e/b")]
    [InlineData("/a%2fb")]
    [InlineData("/a%2Fb")]
    [InlineData("/a%252fb")]
    [InlineData("/a%5cb")]
    [InlineData("/a%255Cb")]
    [InlineData("/a\\b")]
    [InlineData("/a;x=1/b")]
    [InlineData("/a%3bb")]
    [InlineData("/a/..;/b")]
    [InlineData("/a%3fb")]
    [InlineData("/a?b")]
    [InlineData("/a%23b")]
    [InlineData("/a#b")]
    [InlineData("/a%00")]
    [InlineData("/a%0d%0aX-Header:1")]
    [InlineData("/a%7f")]
    [InlineData("/a\0")]
    [InlineData("/a\r\nX: y")]
    [InlineData("/a b")]
    [InlineData("/a\tb")]
    [InlineData("/a%")]
    [InlineData("/a%2")]
    [InlineData("/a%zz")]
    [InlineData("/a%u002e")]
    [InlineData("/a%+41")]
    [InlineData("/a/é")]
    [InlineData("/a/％2e")]
    [InlineData("/%c0%ae%c0%ae/a")]
    [InlineData("/%e0%80%af")]
    [InlineData("/%ed%a0%80")]
    [InlineData("/%ff")]
    [InlineData("/%c3")]
    [InlineData("/%ef%bc%8e%ef%bc%8e/a")]
    [InlineData("/a%ef%bc%8fb")]
    [InlineData("/%e2%80%a5/a")]
    [InlineData("/a%ef%bc%852e")]
    [InlineData("/a%c2%85b")]
    [InlineData("/a%e2%88%95b")]
    [InlineData("/a%ef%bf%bf")]
    [InlineData("/a{b}")]
    [InlineData("/a|b")]
    [InlineData("/a[b]")]
    [InlineData("/a\"b")]
    [InlineData("/<a>")]
    public void A_path_trick_is_refused_as_malformed(string raw)
    {
        Assert.False(CleanPath.TryClean(raw, out var path, out var refusal));
        Assert.Null(path);
        Assert.Equal(ReasonCode.MalformedRequest, refusal.Reason);
    }

    [Fact]
    public void A_path_is_accepted_up_to_its_bound()
    {
        Assert.Equal(CleanPath.MaxLength, Clean("/" + new string('a', CleanPath.MaxLength - 1)).Length);
        Assert.False(CleanPath.TryClean("/" + new string('a', CleanPath.MaxLength), out _, out _));
    }

    [Fact]
    public void Cleaning_a_clean_path_changes_nothing() => CheckAccepted((_, path) => Clean(path) == path);

    [Fact]
    public void However_often_an_accepted_path_is_decoded_it_keeps_its_segments_and_has_no_dot_segment() =>
        CheckAccepted(
            (_, path) =>
            {
                var slashes = path.Count(c => c == '/');
                for (var decoded = path; ; decoded = WebUtility.UrlDecode(decoded))
                {
                    var segments = decoded.Split('/');
                    if (
                        segments.Length - 1 != slashes
                        || decoded.AsSpan().IndexOfAny("\\;?#\0\r\n") >= 0
                        || segments.Any(s => s is "." or "..")
                        || segments[1..^1].Any(s => s.Length == 0)
                    )
                    {
                        return false;
                    }

                    if (decoded == WebUtility.UrlDecode(decoded))
                    {
                        return true;
                    }
                }
            }
        );

    [Fact]
    public void Any_text_is_cleaned_or_refused_and_never_thrown_at() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => CleanPath.TryClean("/" + text, out var path, out _) == (path is not null))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_character_is_accepted_or_refused_by_itself()
    {
        for (var value = 0; value < 0x11_0000; value += value < 0x3000 || value > 0xF000 ? 1 : 97)
        {
            if (value is < 0xD800 or > 0xDFFF)
            {
                CleanPath.TryClean("/" + Uri.EscapeDataString(char.ConvertFromUtf32(value)), out _, out _);
            }

            value += value > 0x2_0000 ? 1000 : 0;
        }
    }

    private static void CheckAccepted(Func<string, string, bool> holds)
    {
        var parts = Gen.Elements(
            "/",
            ".",
            "%",
            "2",
            "e",
            "5",
            "f",
            "c",
            "%2e",
            "%25",
            "%2f",
            "%5c",
            "%32",
            "%65",
            "%66",
            "a",
            "%20",
            "%c3%a9",
            "%2525",
            "%3b",
            "+"
        );
        var paths = Gen.ListOf(parts).Select(list => "/a/" + string.Concat(list));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3000),
            Prop.ForAll(paths.ToArbitrary(), raw => !CleanPath.TryClean(raw, out var path, out _) || holds(raw, path))
        );
    }

    private static string Clean(string raw)
    {
        Assert.True(CleanPath.TryClean(raw, out var path, out var refusal), refusal?.Detail);
        return path!;
    }
}
