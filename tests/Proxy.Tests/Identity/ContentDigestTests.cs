using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Tests.Identity.StructuredFields;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Tests.Identity;

public sealed class ContentDigestTests
{
    private const string Hello = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
    private const string Empty = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

    [Fact]
    public void Digest_OfThePublishedBody_IsItsDigest() => Assert.Equal(Sha256Digest.Compute("{\"hello\": \"world\"}"u8), Read(Hello));

    [Fact]
    public void Digest_OfAnEmptyBody_IsOneToo() => Assert.Equal(Sha256Digest.Compute([]), Read(Empty));

    [Fact]
    public void Digest_BesideAnUnknownOne_Counts() => Assert.Equal(Sha256Digest.Compute([]), Read($"id-sha-512=:AQ==:, {Empty}"));

    [Theory]
    [InlineData("")]
    [InlineData("sha-512=:AQ==:")]
    [InlineData(Empty + ", sha-512=:AQ==:")]
    [InlineData("sha-512=:AQ==:, " + Empty)]
    [InlineData(Empty + ", " + Empty)]
    [InlineData(Empty + ", " + Hello)]
    [InlineData(Empty + ";p=1")]
    [InlineData(Empty + ", other=1")]
    [InlineData(Empty + ", other")]
    [InlineData(Empty + ",")]
    [InlineData("sha-256=:AQ==:")]
    [InlineData("sha-256=::")]
    [InlineData("sha-256=\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"")]
    [InlineData("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=:")]
    [InlineData("SHA-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")]
    [InlineData("sha-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Digest_AnythingElse_IsRefused(string field) => Assert.Null(Read(field));

    [Fact]
    public void Digest_Missing_IsRefused() => Assert.Null(Read(StringValues.Empty));

    [Fact]
    public void Digest_OnTwoLines_IsRefused() => Assert.Null(Read(new StringValues([Empty, "other=:AQ==:"])));

    [Fact]
    public void Digest_TooLong_IsRefused() =>
        Assert.Null(Read(new StringBuilder(Empty).Append(", a=:").Append('A', ContentDigest.MaxLength).Append(':').ToString()));

    [Fact]
    public void Digest_AnyText_NeverThrows() =>
        Prop.ForAll(StructuredFieldReaderTests.Text(), text => Read(text) is null).QuickCheckThrowOnFailure();

    private static Sha256Digest? Read(StringValues field)
    {
        var good = ContentDigest.TryRead(field, out var digest, out var refusal);
        Assert.True(good || refusal!.Reason == ReasonCode.MalformedRequest);
        return good ? digest : null;
    }
}
