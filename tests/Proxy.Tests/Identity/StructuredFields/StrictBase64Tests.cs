using FsCheck;
using FsCheck.Fluent;
using Gateway.Proxy.Identity.StructuredFields;

namespace Gateway.Proxy.Tests.Identity.StructuredFields;

public sealed class StrictBase64Tests
{
    [Fact]
    public void Decode_WhatWasEncoded_GivesItBack() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes =>
                {
                    Span<byte> decoded = new byte[bytes.Length];
                    return StrictBase64.TryDecode(Convert.ToBase64String(bytes), decoded, out var written)
                        && decoded[..written].SequenceEqual(bytes);
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("AR==")]
    [InlineData("AAF=")]
    [InlineData("AQ")]
    [InlineData("AQ=")]
    [InlineData("A===")]
    [InlineData("====")]
    [InlineData("AA==AA==")]
    [InlineData("A Q=")]
    [InlineData("AQ==\n")]
    [InlineData("-_-_")]
    public void Decode_AnotherSpelling_IsRefused(string text) => Assert.False(StrictBase64.TryDecode(text, new byte[16], out _));

    [Fact]
    public void Decode_MoreThanThereIsRoomFor_IsRefused() => Assert.False(StrictBase64.TryDecode("AAAA", new byte[2], out _));
}
