using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;

namespace Gateway.Proxy.Tests.Decisions;

/// <summary>That every part of an intent counts is shown where tokens are.</summary>
public sealed class IntentDigestTests
{
    [Fact]
    public void Digest_is_of_the_canonical_form_and_of_nothing_else()
    {
        var empty = Sha256Digest.Compute([]);
        var canonical = $$"""
            {"agent":"assistant","connector":"openai","data":2,"door":1,"environment":1,"model":"gpt-4o","operation":"chat","session":"run-1","strength":2,"target":{"authority":"http://127.0.0.1:8081","content":"{{Sha256Digest.Compute(
                "{}"u8
            )}}","headers":"{{empty}}","method":"POST","path":"/v1/chat/completions"},"tenant":"demo","workspace":"main"}
            """;

        Assert.Equal(Sha256Digest.Compute(System.Text.Encoding.UTF8.GetBytes(canonical)), IntentDigest.Of(JudgedChat.Intent));
    }

    [Fact]
    public void Text_cant_be_moved_from_one_part_to_another()
    {
        var one = JudgedChat.Intent with { Model = "a\",\"operation\":\"b", Session = "s" };
        var other = JudgedChat.Intent with { Model = "a", Session = "s" };

        Assert.NotEqual(IntentDigest.Of(one), IntentDigest.Of(other));
    }

    [Fact]
    public async Task Digests_made_at_once_dont_mix()
    {
        var expected = IntentDigest.Of(JudgedChat.Intent);
        var all = await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(i =>
                    Task.Run(() =>
                    {
                        IntentDigest.Of(JudgedChat.Intent with { Model = new string('x', i * 50) });
                        return IntentDigest.Of(JudgedChat.Intent);
                    })
                )
        );

        Assert.All(all, digest => Assert.Equal(expected, digest));
    }
}
