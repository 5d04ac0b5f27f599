using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Proxy.Obligations;
using Gateway.Proxy.Tests.Decisions;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Obligations;

/// <summary>Only a share of calls goes through, and the same call always fares the same.</summary>
public sealed class SamplingTests(ReducedDoors doors) : IClassFixture<ReducedDoors>
{
    [Fact]
    public async Task Call_outside_of_the_sample_is_refused_for_that_and_sends_nothing()
    {
        using var response = await doors.ChatAsync("never", "not-sampled");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("not_sampled", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        Assert.Empty(await doors.SeenAsync("not-sampled"));
        var outcome = Recorded.Find(doors.Gateway.JournalPath, response).Outcome!.Value;
        Assert.Equal(("refused", "not_sampled"), (outcome.GetProperty("status").GetString(), outcome.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Call_in_the_sample_goes_through()
    {
        using var response = await doors.ChatAsync("nearly-always", "sampled");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["sample"], ReducedDoors.Met(doors.DecisionOf(response)));
        Assert.Equal("0.999999", doors.DecisionOf(response).GetProperty("obligations").GetProperty("sample").GetString());
    }

    [Fact]
    public async Task Same_calls_at_once_fare_alike()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => doors.ChatAsync("half", $"half-{i % 2}")));

        Assert.Equal(2, responses.Select((response, i) => (i % 2, response.StatusCode)).Distinct().Count());
        Array.ForEach(responses, response => response.Dispose());
    }

    [Fact]
    public void Share_of_many_calls_goes_through()
    {
        var through = Enumerable.Range(0, 10_000).Count(i => Sampling.Holds(JudgedChat.Intent with { Session = $"run-{i}" }, 100_000));

        Assert.InRange(through, 850, 1150); // Five standard deviations round a tenth.
    }

    [Fact]
    public void Smaller_share_is_a_part_of_the_larger() =>
        Prop.ForAll(
                Gen.Choose(1, Policy.Model.Obligations.WholeSample - 1).Two().ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                (shares, call) =>
                {
                    var intent = JudgedChat.Intent with { Session = $"run-{call}" };
                    return !Sampling.Holds(intent, Math.Min(shares.Item1, shares.Item2))
                        || Sampling.Holds(intent, Math.Max(shares.Item1, shares.Item2));
                }
            )
            .QuickCheckThrowOnFailure();
}
