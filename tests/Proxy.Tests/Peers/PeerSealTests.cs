using System.Security.Cryptography;
using Gateway.Connectors.Vaults;
using Gateway.Proxy.Peers;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Peers;

public sealed class PeerSealTests
{
    private static readonly byte[] Question = "a question"u8.ToArray();

    private readonly NamedKey _key = new("one", RandomNumberGenerator.GetBytes(NamedKey.Length));

    private PeerSeal Seal => new(new KeyRing(KeyPurpose.DataEncryption, [_key]));

    [Fact]
    public void Question_opens_with_the_key_and_its_answer_for_it_alone()
    {
        var (asked, other) = (Seal.Ask(Question), Seal.Ask(Question));
        var opened = Seal.Open(asked.Bytes.ToArray(), out var read)!;
        var answer = opened.Answer("an answer"u8);

        Assert.Equal(Question, read);
        Assert.Equal(asked.Id, opened.Id);
        Assert.Equal("an answer"u8.ToArray(), asked.OpenAnswer(answer));
        Assert.Null(other.OpenAnswer(answer));
        Assert.Equal(-1, asked.Bytes.Span.IndexOf(Question));
        Assert.NotEqual(answer, opened.Answer("an answer"u8));
    }

    [Fact]
    public void Question_or_answer_with_any_bit_changed_or_cut_opens_nowhere()
    {
        var asked = Seal.Ask(Question);
        var bytes = asked.Bytes.ToArray();
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            Assert.Null(Seal.Open(Flipped(bytes, bit), out _));
        }

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(Seal.Open(bytes[..length], out _));
        }

        var answer = Seal.Open(bytes, out _)!.Answer("an answer"u8);
        for (var bit = 0; bit < 8 * answer.Length; bit++)
        {
            Assert.Null(asked.OpenAnswer(Flipped(answer, bit)));
        }

        Assert.Null(asked.OpenAnswer(answer.AsSpan(..^1)));
        Assert.Null(asked.OpenAnswer(bytes));
    }

    [Fact]
    public void Question_of_another_key_opens_nowhere_and_of_an_older_one_where_it_is_still_there()
    {
        var other = new NamedKey("two", RandomNumberGenerator.GetBytes(NamedKey.Length));
        var rotated = new PeerSeal(new KeyRing(KeyPurpose.DataEncryption, [other, _key]));
        var sameName = new PeerSeal(new KeyRing(KeyPurpose.DataEncryption, [new NamedKey("one", other.Bytes)]));

        Assert.NotNull(rotated.Open(Seal.Ask(Question).Bytes.ToArray(), out _));
        Assert.Null(Seal.Open(rotated.Ask(Question).Bytes.ToArray(), out _));
        Assert.Null(sameName.Open(Seal.Ask(Question).Bytes.ToArray(), out _));
    }

    [Fact]
    public void Question_that_was_seen_or_is_old_or_early_is_taken_never_again()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var seen = new SeenQuestions(time);
        var now = time.GetUtcNow();

        Assert.True(seen.TryTake("a", now));
        Assert.False(seen.TryTake("a", now));
        Assert.False(seen.TryTake("b", now - SeenQuestions.Window - TimeSpan.FromSeconds(1)));
        Assert.False(seen.TryTake("c", now + SeenQuestions.Window + TimeSpan.FromSeconds(1)));
        Assert.True(seen.TryTake("d", now + SeenQuestions.Window)); // A clock that is ahead: it stays new for twice as long.
        for (var second = 0; second < 70; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.False(seen.TryTake("a", now));
            Assert.False(seen.TryTake("d", now + SeenQuestions.Window));
        }
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
