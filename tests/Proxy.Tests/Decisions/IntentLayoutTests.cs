using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;

namespace Gateway.Proxy.Tests.Decisions;

/// <summary>That every part of an intent counts is shown where tokens are.</summary>
public sealed class IntentLayoutTests
{
    private const string Long = "aaaaaaaaaaaa";

    [Fact]
    public void Layout_IsEveryPartAtItsWidthAndEveryTextAfterItsLength()
    {
        var empty = Sha256Digest.Compute([]).ToString();
        var content = Sha256Digest.Compute("{}"u8).ToString();
        var texts = new[]
        {
            "demo",
            "main",
            "assistant",
            "openai",
            "chat",
            "gpt-4o",
            "run-1",
            "POST",
            "http://127.0.0.1:8081",
            "/v1/chat/completions",
        };
        var expected = string.Concat(
            string.Concat(new[] { 2, 1, 2, 1 }.Select(number => $"{number:x16}")),
            empty,
            content,
            string.Concat(texts.Select(text => $"{text.Length:x16}{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))}")),
            $"{0:x16}"
        );

        Assert.Equal(expected, Convert.ToHexStringLower(Written(JudgedChat.Intent)));
        Assert.Equal(Sha256Digest.Compute(Written(JudgedChat.Intent)), IntentLayout.DigestOf(JudgedChat.Intent));
    }

    [Fact]
    public void Layout_OfAnMcpCall_HasItBehindAllElse()
    {
        var definition = Sha256Digest.Compute("{}"u8);
        var call = JudgedChat.Intent with { McpMethod = "ping", McpName = "a", Definition = definition };

        Assert.Equal(
            Convert.ToHexStringLower(Written(JudgedChat.Intent))
                + $"{4:x16}{Convert.ToHexStringLower("ping"u8)}{1:x16}61{1:x16}{definition}",
            Convert.ToHexStringLower(Written(call))
        );
    }

    [Fact]
    public void Layout_OfOtherTexts_IsAnother() =>
        Prop.ForAll(
                Texts().Two().ToArbitrary(),
                Texts().Two().ToArbitrary(),
                (one, other) =>
                    one.Equals(other) == Written(Saying(one.Item1, one.Item2)).SequenceEqual(Written(Saying(other.Item1, other.Item2)))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Layout_OfATextThatIsCutElsewhere_IsAnother() =>
        Prop.ForAll(
                Gen.Choose(0, 12).Two().ToArbitrary(),
                cuts =>
                    cuts.Item1
                    == cuts.Item2
                    == Written(Saying(Long[..cuts.Item1], Long[cuts.Item1..]))
                        .SequenceEqual(Written(Saying(Long[..cuts.Item2], Long[cuts.Item2..])))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Layout_OfNoText_IsNotThatOfAnEmptyOne() =>
        Assert.NotEqual(Written(JudgedChat.Intent with { Session = null }), Written(JudgedChat.Intent with { Session = "" }));

    [Fact]
    public void Layout_OfHalfASurrogatePair_IsRefused() =>
        Assert.Throws<EncoderFallbackException>(() => IntentLayout.DigestOf(JudgedChat.Intent with { Model = "\ud800" }));

    [Fact]
    public async Task Digests_MadeAtOnce_DontMix()
    {
        var expected = IntentLayout.DigestOf(JudgedChat.Intent);
        var all = await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(i =>
                    Task.Run(() =>
                    {
                        IntentLayout.DigestOf(JudgedChat.Intent with { Model = new string('x', i * 50) });
                        return IntentLayout.DigestOf(JudgedChat.Intent);
                    })
                )
        );

        Assert.All(all, digest => Assert.Equal(expected, digest));
    }

    private static byte[] Written(Intent intent)
    {
        var bytes = IntentLayout.Begin();
        IntentLayout.Write(bytes, intent, intent.Target);
        return bytes.WrittenSpan.ToArray();
    }

    private static Intent Saying(string? model, string? session) => JudgedChat.Intent with { Model = model, Session = session };

    /// <summary>Few and short, so that two are often nearly the same; none at all among them.</summary>
    private static Gen<string?> Texts() =>
        Gen.OneOf(
            Gen.Constant<string?>(null),
            Gen.Elements('a', '\0', '\u00ff', 'é').ArrayOf().Select(letters => (string?)new string(letters))
        );
}
