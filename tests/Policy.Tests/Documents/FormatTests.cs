using Gateway.Cel.Text;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents;

public sealed class FormatTests
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    public void Duration_WithAUnit_IsRead(string text, int milliseconds)
    {
        Assert.True(Quantities.Duration(TimeSpan.Zero, TimeSpan.FromDays(1000)).TryRead(text, out var value));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("1.5s")]
    [InlineData("5 s")]
    [InlineData("5S")]
    [InlineData("1h30m")]
    [InlineData("99999999999999999999d")]
    [InlineData("9223372036854775807d")]
    [InlineData("٣s")]
    public void Duration_InAnotherForm_IsRefused(string text) =>
        Assert.False(Quantities.Duration(TimeSpan.Zero, TimeSpan.FromDays(1000)).TryRead(text, out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("100", 100)]
    [InlineData("64KiB", 65536)]
    [InlineData("1MiB", 1 << 20)]
    public void Size_WithOrWithoutAUnit_IsRead(string text, long bytes)
    {
        Assert.True(Quantities.Size(1 << 20).TryRead(text, out var value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("1048577")]
    [InlineData("64KB")]
    [InlineData("-1")]
    [InlineData("9007199254740993GiB")]
    [InlineData("")]
    public void Size_OverTheLimitOrInAnotherForm_IsRefused(string text) => Assert.False(Quantities.Size(1 << 20).TryRead(text, out _));

    [Theory]
    [InlineData("https://api.example.com/v1", "https://api.example.com/v1")]
    [InlineData("https://api.example.com/v1/", "https://api.example.com/v1")]
    [InlineData("http://127.0.0.1:8081", "http://127.0.0.1:8081/")]
    [InlineData("https://API.Example.com", "https://api.example.com/")]
    [InlineData("http://[::1]:80/a", "http://[::1]/a")]
    public void BaseAddress_InPlainForm_IsRead(string text, string address)
    {
        Assert.True(AddressFormats.Base.TryRead(text, out var value));
        Assert.Equal(address, value.AbsoluteUri);
    }

    [Theory]
    [InlineData("ftp://x.example")]
    [InlineData("x.example")]
    [InlineData("https://user:secret@x.example")]
    [InlineData("https://x.example/?a=b")]
    [InlineData("https://x.example/#a")]
    [InlineData("https://x.example/a/../b")]
    [InlineData("https://x.example/%2e%2e/b")]
    [InlineData("https://x.example\\a")]
    [InlineData("https://x.example//a")]
    [InlineData("https://x.example:0")]
    [InlineData("https://x.example:99999")]
    [InlineData("https://bücher.example")]
    [InlineData("https://")]
    [InlineData("https:///a")]
    [InlineData("")]
    [InlineData("/")]
    public void BaseAddress_WithAnythingElse_IsRefused(string text) => Assert.False(AddressFormats.Base.TryRead(text, out _));

    [Theory]
    [InlineData("x.example:443", true)]
    [InlineData("X.example:443", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("x.example", false)]
    [InlineData("*.example:443", false)]
    [InlineData("x.example:0", false)]
    [InlineData("x.example:065", false)]
    [InlineData("x.example:70000", false)]
    [InlineData("https://x.example:443", false)]
    [InlineData("::1:8080", false)]
    [InlineData(":443", false)]
    public void HostAndPort_IsReadOnlyInOneForm(string text, bool good) =>
        Assert.Equal(good, AddressFormats.HostAndPort.TryRead(text, out _));

    [Theory]
    [InlineData("x-request-id", true)]
    [InlineData("Anthropic-Version", true)]
    [InlineData("host", false)]
    [InlineData("Content-Length", false)]
    [InlineData("connection", false)]
    [InlineData("transfer-encoding", false)]
    [InlineData("authorization", false)]
    [InlineData("cookie", false)]
    [InlineData("set-cookie", false)]
    [InlineData("x-api-key", false)]
    [InlineData("api-key", false)]
    [InlineData("Gateway-Agent", false)]
    [InlineData("signature", false)]
    [InlineData("signature-input", false)]
    [InlineData("content-digest", false)]
    [InlineData("proxy-authorization", false)]
    [InlineData("x-forwarded-for", false)]
    [InlineData("x-http-method-override", false)]
    [InlineData("a b", false)]
    [InlineData("a:b", false)]
    [InlineData("", false)]
    public void PassedHeader_IsNeverOneOfTheConnectionsOfACredentialsOrOfGateways(string text, bool good) =>
        Assert.Equal(good, WebFormats.PassedHeader.TryRead(text, out _));

    [Theory]
    [InlineData("/a/{id}", true)]
    [InlineData("/", true)]
    [InlineData("/a/{**rest}", true)]
    [InlineData("a", false)]
    [InlineData("/a/../b", false)]
    [InlineData("/a b", false)]
    [InlineData("/ä", false)]
    [InlineData("/a?b", false)]
    public void Path_IsReadOnlyInCleanForm(string text, bool good) => Assert.Equal(good, WebFormats.Path.TryRead(text, out _));

    [Theory]
    [InlineData("gpt-4o", true)]
    [InlineData("gpt-*", true)]
    [InlineData("*", true)]
    [InlineData("*-4o", false)]
    [InlineData("g*t*", false)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    public void ModelMatch_HasAStarOnlyAtItsEnd(string text, bool good) => Assert.Equal(good, WebFormats.ModelMatch.TryRead(text, out _));

    [Theory]
    [InlineData("activ", "active")]
    [InlineData("Active", "active")]
    [InlineData("suspnded", "suspended")]
    [InlineData("zzzzzz", null)]
    [InlineData("", null)]
    public void NearestName_FindsWhatWasMeant(string text, string? nearest) =>
        Assert.Equal(nearest, NearestName.Find(text, ["draft", "active", "suspended"]));

    [Fact]
    public void Vocabulary_NeverNamesAValueThatNobodySet()
    {
        Assert.DoesNotContain(default, Vocabulary.Action.Values);
        Assert.DoesNotContain(default, Vocabulary.Risk.Values);
        Assert.DoesNotContain(default, Vocabulary.Level.Values);
        Assert.DoesNotContain(default, Vocabulary.Status.Values);
        Assert.DoesNotContain(default, Vocabulary.Environment.Values);
        Assert.DoesNotContain(default, Vocabulary.ConnectorType.Values);
        Assert.DoesNotContain(default, Vocabulary.Data.Values);
        Assert.DoesNotContain(default, Vocabulary.Scenario.Values);
    }
}
