using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.State;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.State;

public sealed class GcraTests
{
    private static readonly Arbitrary<(RateLimit Limit, int[] Pauses)> Cases = (
        from requests in Gen.Choose(1, 1000)
        from burst in Gen.Choose(1, requests)
        from seconds in Gen.Choose(1, 86_400)
        from pauses in Gen.ArrayOf(Gen.Choose(0, 2_000_000))
        select (new RateLimit(requests, TimeSpan.FromSeconds(seconds), burst), pauses)
    ).ToArbitrary();

    [Fact]
    public void Rate_InAnyInterval_AdmitsAtMostItsBurstAndWhatTheIntervalGives() =>
        Prop.ForAll(
                Cases,
                x =>
                {
                    var times = Admitted(x.Limit, x.Pauses);
                    for (var first = 0; first < times.Count; first++)
                    {
                        for (var last = first; last < times.Count; last++)
                        {
                            var most =
                                x.Limit.Burst + ((Int128)(times[last] - times[first]) * x.Limit.Requests / Micros.From(x.Limit.Period));
                            Assert.True(last - first + 1 <= most);
                        }
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Rate_AfterTheWaitThatItNamed_Admits_AndNotBefore() =>
        Prop.ForAll(
                Cases,
                x =>
                {
                    var (now, arrival) = (1_000_000_000L, 0L);
                    for (var i = 0; i < x.Limit.Burst; i++)
                    {
                        Assert.Equal(0, Gcra.Wait(arrival, now, x.Limit));
                        arrival = Gcra.Next(arrival, now, x.Limit);
                    }

                    var wait = Gcra.Wait(arrival, now, x.Limit);
                    Assert.True(wait > 0 && Gcra.Wait(arrival, now + wait - 1, x.Limit) == 1);
                    Assert.Equal(0, Gcra.Wait(arrival, now + wait, x.Limit));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Rate_AfterAClockWentBack_WaitsNoLongerThanOneInterval()
    {
        var limit = new RateLimit(10, TimeSpan.FromSeconds(1), 5);
        var arrival = Gcra.Next(0, 3_600_000_000L, limit);

        Assert.InRange(Gcra.Wait(arrival, 1_000_000L, limit), 1, Gcra.Interval(limit));
    }

    private static List<long> Admitted(RateLimit limit, int[] pauses)
    {
        var (now, arrival, times) = (1_000_000_000L, 0L, new List<long>());
        foreach (var pause in pauses)
        {
            now += pause;
            if (Gcra.Wait(arrival, now, limit) == 0)
            {
                arrival = Gcra.Next(arrival, now, limit);
                times.Add(now);
            }
        }

        return times;
    }
}
