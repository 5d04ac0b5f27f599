using System.Text;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Tests.Log.Checkpoints;

public sealed class CheckpointTests
{
    private const string Origin = "gateway/log/00112233445566778899aabbccddeeff";
    private static readonly Ed25519PrivateKey Key = TestJournal.Key(1);
    private static readonly Checkpoint Head = new(Origin, 20852163, Sha256Digest.Compute("root"u8));

    [Fact]
    public void Sign_AHead_IsASignedNoteOfThreeLines()
    {
        var lines = Encoding.UTF8.GetString(Head.Sign(Key)).Split('\n');

        Assert.Equal([Origin, "20852163", Convert.ToBase64String(Convert.FromHexString(Head.Root.ToString())), ""], lines[..4]);
        Assert.StartsWith($"\u2014 {Origin} ", lines[4], StringComparison.Ordinal);
        Assert.Equal((6, ""), (lines.Length, lines[5]));
    }

    [Fact]
    public void Open_WhatWasSigned_GivesItBack()
    {
        Assert.Null(Checkpoint.Open(Head.Sign(Key), Origin, [Key.PublicKey], out var read));
        Assert.Equal(Head, read);
        Assert.Null(Checkpoint.Open(new Checkpoint(Origin, 0, Head.Root).Sign(Key), null, [Key.PublicKey], out _));
    }

    [Fact]
    public void Open_ByAnotherKeyOrForAnotherLog_Fails()
    {
        Assert.Contains(
            "known key",
            Checkpoint.Open(Head.Sign(Key), Origin, [TestJournal.Key(2).PublicKey], out _),
            StringComparison.Ordinal
        );
        Assert.NotNull(Checkpoint.Open(Head.Sign(Key), "gateway/log/other", [Key.PublicKey], out _));
        Assert.NotNull(Checkpoint.Open([], null, [Key.PublicKey], out _));
    }

    [Fact]
    public void Open_WithAnOlderKeyAmongTheKnown_IsGood() =>
        Assert.Null(Checkpoint.Open(Head.Sign(Key), Origin, new LogKeys(TestJournal.Key(2), [Key]).Public, out _));

    [Fact]
    public void Open_WithAWitnessBehind_IsGood()
    {
        var text = Encoding.UTF8.GetString(Head.Sign(Key)) + $"\u2014 witness.example {Convert.ToBase64String(new byte[76])}\n";

        Assert.Null(Checkpoint.Open(Encoding.UTF8.GetBytes(text), Origin, [Key.PublicKey], out _));
    }

    [Theory]
    [InlineData("020852163")]
    [InlineData("-1")]
    [InlineData("1\nextension")]
    [InlineData("")]
    public void Open_WithASizeOfAnotherShape_Fails(string size)
    {
        var text = Head.ToText().Replace("20852163", size, StringComparison.Ordinal);

        Assert.NotNull(Checkpoint.Open(SignedNote.Sign(text, Origin, Key), Origin, [Key.PublicKey], out _));
    }

    [Fact]
    public void Open_AnyByteChanged_Fails()
    {
        var note = Head.Sign(Key);
        for (var i = 0; i < note.Length; i++)
        {
            foreach (var bit in new[] { 1, 2, 4, 8, 16, 32, 64, 128 })
            {
                note[i] ^= (byte)bit;
                Assert.True(Checkpoint.Open(note, Origin, [Key.PublicKey], out _) is not null, $"byte {i}, bit {bit}");
                note[i] ^= (byte)bit;
            }
        }
    }

    /// <summary>The example of C2SP signed-note, with its key from the same page of Go's note package.</summary>
    [Fact]
    public void KeyId_OfAPublishedKey_IsThePublishedOne()
    {
        // golang.org/x/mod/sumdb/note: PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW
        var key = Convert.FromBase64String("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        Assert.True(Ed25519PublicKey.TryCreate(key.AsSpan(1), out var made));

        Assert.Equal(0xc74f20a3u, SignedNote.KeyId("PeterNeumann", made));
    }

    /// <summary>The example note of the same package.</summary>
    [Fact]
    public void Open_APublishedNote_Verifies()
    {
        var key = Convert.FromBase64String("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        Assert.True(Ed25519PublicKey.TryCreate(key.AsSpan(1), out var made));
        const string Note =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
            + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

        Assert.Null(SignedNote.Open(Encoding.UTF8.GetBytes(Note), "PeterNeumann", [made], out var text));
        Assert.StartsWith("If you think", text, StringComparison.Ordinal);
    }
}
