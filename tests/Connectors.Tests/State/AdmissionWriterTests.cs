using System.Runtime.InteropServices;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.State;

public sealed class AdmissionWriterTests
{
    // The arguments before the first request's.
    private const int Head = 4;

    private static readonly AdmissionRequest Request = new()
    {
        Tenant = Id<Tenant>.Parse("acme"),
        RequestId = "one",
        Epoch = 0,
        Rates = [new("r", new(10, TimeSpan.FromSeconds(1), 10))],
        Concurrency = [new("c", 5)],
        Budgets = [new("b", new(1000, TimeSpan.FromDays(1)), 7)],
    };

    private readonly BatchWriter _call = new(new RedisKeys("gateway", "acme"), new RedisClock(TimeProvider.System), 0);

    [Fact]
    public void Deadline_IsEachOnesOwn()
    {
        var call = Write((Request, 1000), (Request, 2000));

        var first = Numbers(call, Head);
        Assert.Equal(1000, first[4]);
        Assert.Equal(2000, Numbers(call, Head + (int)first[1])[4]);
    }

    [Fact]
    public void EqualLimits_AreNamedOnce_WhateverEachReserves()
    {
        var alone = Write((Request, 0));
        var other = Request with { RequestId = "two", Budgets = [Request.Budgets[0] with { Reserve = 9 }] };

        var both = Write((Request, 0), (other, 0));

        Assert.Equal(alone.Keys, both.Keys);
        var (one, two) = (Numbers(both, Head), Numbers(both, alone.Arguments.Length));
        Assert.Equal((7, 9), (one[^2], two[^2]));
        Assert.Equal(one[2..4], two[2..4]);
        Assert.Equal(alone.Arguments.Length, one[3]);
    }

    [Fact]
    public void OtherLimits_AreNamedAgain()
    {
        var alone = Write((Request, 0));

        Assert.Equal(
            (2 * alone.Keys.Length) - 1,
            Write((Request, 0), (Request with { Rates = [new("r", new(11, TimeSpan.FromSeconds(1), 10))] }, 0)).Keys.Length
        );
        Assert.Equal((2 * alone.Keys.Length) - 1, Write((Request, 0), (Request with { Concurrency = [new("c", 6)] }, 0)).Keys.Length);
        Assert.Equal(
            (2 * alone.Keys.Length) - 1,
            Write((Request, 0), (Request with { Budgets = [new("b2", new(1000, TimeSpan.FromDays(1)), 7)] }, 0)).Keys.Length
        );
    }

    [Fact]
    public void CallThatCouldNotBeWritten_LeavesNothingToTheNext()
    {
        var expected = Write((Request, 1000));

        Assert.Throws<NullReferenceException>(() => Write((Request with { Rates = [Request.Rates[0], new("none", null!)] }, 0)));

        var after = Write((Request, 1000));
        Assert.Equal(expected.Keys, after.Keys);
        Assert.Equal(expected.Arguments, after.Arguments);
    }

    private static double[] Numbers(ScriptCall call, int argument) =>
        MemoryMarshal.Cast<byte, double>((byte[])call.Arguments[argument]!).ToArray();

    private ScriptCall Write(params (AdmissionRequest Request, long Until)[] asks) =>
        _call.Write(
            new([], asks.Select(ask => new QueuedRequest<AdmissionRequest>(ask.Request, ask.Until)).ToArray()),
            new RedisSession([], "server")
        );
}
