using System.Collections.Frozen;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence.Triggers;

namespace Gateway.Proxy.Tests.Evidence.Triggers;

/// <summary>A canary is found by its digest wherever it stands as a word, and nowhere else.</summary>
public sealed class MarkersTests
{
    private const string Marker = "acme-canary-0d6f3a91c2";

    private static readonly FrozenSet<Sha256Digest> Canaries = new[]
    {
        Sha256Digest.Compute(Encoding.ASCII.GetBytes(Marker)),
    }.ToFrozenSet();

    [Fact]
    public void Marker_is_found_between_any_other_text() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                ArbMap.Default.ArbFor<byte[]>(),
                (before, after) =>
                    Markers.Find([.. before, (byte)'"', .. Encoding.ASCII.GetBytes(Marker), (byte)'"', .. after], Canaries) is not null
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Text_without_it_is_nothing_and_harms_nothing() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), text => Markers.Find(text, Canaries) is null).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(Marker)]
    [InlineData("{\"text\":\"a\\n" + Marker + "\\n\"}")]
    [InlineData("{\"text\":\"\\u000a" + Marker + "\"}")]
    [InlineData("?q=%22" + Marker + "%22")]
    [InlineData("/contacts/" + Marker)]
    public void Marker_is_found_behind_escapes(string text)
    {
        Assert.NotNull(Markers.Find(Encoding.UTF8.GetBytes(text), Canaries));
        Assert.NotNull(Markers.Find(text, Canaries));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\\")]
    [InlineData("\\u12")]
    [InlineData("%")]
    [InlineData("x" + Marker)]
    [InlineData(Marker + "x")]
    [InlineData("ACME-CANARY-0D6F3A91C2")]
    [InlineData("acme-canary-0d6f3a91c")]
    public void Another_word_is_none(string text)
    {
        Assert.Null(Markers.Find(Encoding.UTF8.GetBytes(text), Canaries));
        Assert.Null(Markers.Find(text, Canaries));
    }
}
