using System.Security.Cryptography;
using Gateway.Proxy.Responses;

namespace Gateway.Proxy.Tests.Responses;

public sealed class AnswerTeeTests
{
    [Fact]
    public void Tee_UpToItsBound_HasEverything()
    {
        var tee = new AnswerTee();
        var most = RandomNumberGenerator.GetBytes(AnswerTee.Most);
        tee.Add(most.AsSpan(0, 7));
        tee.Add(most.AsSpan(7));

        Assert.True(tee.Bytes.Span.SequenceEqual(most));
        Assert.False(tee.Cut);
    }

    [Fact]
    public void Tee_BeyondItsBound_HasTheBeginningAndSaysSo()
    {
        var tee = new AnswerTee();
        tee.Add(new byte[AnswerTee.Most - 1]);
        tee.Add([1, 2]);
        tee.Add([3]);

        Assert.Equal(AnswerTee.Most, tee.Bytes.Length);
        Assert.Equal(1, tee.Bytes.Span[^1]);
        Assert.True(tee.Cut);
    }
}
