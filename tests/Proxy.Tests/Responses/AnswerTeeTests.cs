using System.Security.Cryptography;
using Gateway.Proxy.Intents;
using Gateway.Proxy.Responses;
using Gateway.Proxy.Tests.Intents;

namespace Gateway.Proxy.Tests.Responses;

public sealed class AnswerTeeTests
{
    private const int Little = 1 << 20;
    private const long Enough = 8L * AnswerTee.Most;

    [Fact]
    public void Tee_UpToItsBound_HasEverything()
    {
        var tee = Tee(Enough);
        var most = RandomNumberGenerator.GetBytes(AnswerTee.Most);
        tee.Add(most.AsSpan(0, 7));
        tee.Add(most.AsSpan(7));

        Assert.True(tee.Bytes.Span.SequenceEqual(most));
        Assert.False(tee.Cut);
    }

    [Fact]
    public void Tee_BeyondItsBound_HasTheBeginningAndSaysSo()
    {
        var tee = Tee(Enough);
        tee.Add(new byte[AnswerTee.Most - 1]);
        tee.Add([1, 2]);
        tee.Add([3]);

        Assert.Equal(AnswerTee.Most, tee.Bytes.Length);
        Assert.Equal(1, tee.Bytes.Span[^1]);
        Assert.True(tee.Cut);
    }

    [Fact]
    public void Tee_BeyondTheMemory_HasTheBeginningWithoutAHoleAndSaysSo()
    {
        var tee = Tee(Little);
        tee.Add("begin"u8);
        tee.Add(new byte[Little]);
        tee.Add("end"u8);

        Assert.Equal("begin"u8.ToArray(), tee.Bytes.ToArray());
        Assert.True(tee.Cut);
    }

    private static AnswerTee Tee(long memory) => new(new BodyMemory(memory).For(NamedAgent.Of("assistant")));
}
