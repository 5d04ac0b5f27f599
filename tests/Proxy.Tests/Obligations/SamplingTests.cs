using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
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
        var through = Enumerable.Range(0, 10_000).Count(i => Sampling.Holds(Asking($"{{\"n\":{i}}}"), 100_000));

        Assert.InRange(through, 850, 1150); // Five standard deviations round a tenth.
    }

    [Fact]
    public void Smaller_share_is_a_part_of_the_larger() =>
        Prop.ForAll(
                Gen.Choose(1, Policy.Model.Obligations.WholeSample - 1).Two().ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                (shares, call) =>
                {
                    var intent = Asking($"{{\"n\":{call}}}");
                    return !Sampling.Holds(intent, Math.Min(shares.Item1, shares.Item2))
                        || Sampling.Holds(intent, Math.Max(shares.Item1, shares.Item2));
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("{\"a\":1,\"b\":[\"x\"]}")]
    [InlineData(" {\n\"a\" : 1 ,\t\"b\" : [ \"x\" ] }\r\n")]
    [InlineData("{\"b\":[\"x\"],\"a\":1}")]
    [InlineData("{\"a\":1.0,\"b\":[\"\\u0078\"]}")]
    [InlineData("{\"\\u0061\":10e-1,\"b\":[\"x\"]}")]
    public void Same_arguments_in_another_writing_fare_alike(string written) =>
        Assert.Equal(
            Places(i => Asking($"{{\"n\":{i},\"of\":{{\"a\":1,\"b\":[\"x\"]}}}}")),
            Places(i => Asking($"{{\"n\":{i},\"of\":{written}}}"))
        );

    [Theory]
    [InlineData("/v1/a%62c?x=1&y=a%20b")]
    [InlineData("/v1/abc?y=a+b&x=1")]
    [InlineData("/v1/abc?&x=1&&y=a%20b&")]
    [InlineData("/v1/%61bc?%78=1&y=%61%20b")]
    public void Same_target_in_another_writing_fares_alike(string target) =>
        Assert.Equal(Places(i => At($"/v1/abc?x=1&y=a%20b&n={i}")), Places(i => At($"{target}&n={i}")));

    [Fact]
    public void What_is_said_beside_the_action_changes_nothing() =>
        Assert.Equal(
            Places(i => Asking($"{{\"n\":{i}}}")),
            Places(i =>
                Asking($"{{\"n\":{i}}}") with
                {
                    Session = $"other-{i}",
                    Data = DataClasses.Pii,
                    Strength = AuthStrength.Bearer,
                    Target = JudgedChat.Intent.Target with
                    {
                        Headers = Sha256Digest.Compute([(byte)i]),
                        Content = Sha256Digest.Compute([1]),
                    },
                }
            )
        );

    [Fact]
    public void Mcp_call_under_another_message_id_fares_alike() =>
        Assert.Equal(Places(i => Calling($"{{\"n\":{i}}}", 1)), Places(i => Calling($" {{ \"n\": {i} }}", 2)));

    [Fact]
    public void Mcp_call_without_arguments_is_that_with_none() =>
        Assert.Equal(
            Places(i => Calling("", i) with { McpName = $"tool-{i}" }),
            Places(i => Calling("{}", 0) with { McpName = $"tool-{i}" })
        );

    [Theory]
    [InlineData("method")]
    [InlineData("name")]
    [InlineData("definition")]
    public void Mcp_call_of_something_else_is_another(string what)
    {
        var other = Sha256Digest.Compute("other"u8);
        Assert.NotEqual(
            Places(i => Calling($"{{\"n\":{i}}}", 1)),
            Places(i =>
                Calling($"{{\"n\":{i}}}", 1) is var call && what == "method" ? call with { McpMethod = "prompts/get" }
                : what == "name" ? call with { McpName = "other" }
                : call with { Definition = other }
            )
        );
    }

    [Fact]
    public void Arguments_without_a_canonical_form_are_in_no_sample() =>
        Assert.All(Places(i => Asking($"{{\"n\":{i},\"n\":{i}}}"), Policy.Model.Obligations.WholeSample - 1), Assert.False);

    private static Intent Asking(string arguments) => JudgedChat.Intent with { Arguments = Encoding.UTF8.GetBytes(arguments) };

    private static Intent Calling(string arguments, int id) =>
        Asking(arguments) with
        {
            Door = Door.Mcp,
            McpMethod = "tools/call",
            McpName = "search",
            Definition = Sha256Digest.Compute("{}"u8),
            Target = JudgedChat.Intent.Target with { Content = Sha256Digest.Compute([(byte)id]) },
        };

    private static Intent At(string target) =>
        JudgedChat.Intent with
        {
            Arguments = default,
            Target = JudgedChat.Intent.Target with { PathAndQuery = target },
        };

    private static bool[] Places(Func<int, Intent> call, int share = Policy.Model.Obligations.WholeSample / 2) =>
        [.. Enumerable.Range(0, 64).Select(i => Sampling.Holds(call(i), share))];
}
