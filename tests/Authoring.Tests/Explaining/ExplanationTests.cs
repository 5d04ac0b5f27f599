using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Authoring.Explaining;
using Gateway.Policy.Model;
using Gateway.Policy.Tests;
using Gateway.Policy.Tests.Generators;

namespace Gateway.Authoring.Tests.Explaining;

public sealed class ExplanationTests
{
    [Fact]
    public void Explanation_OfARefusal_HasThePathTheReasonsAndWhatWouldHelp()
    {
        var json = JsonOf(
            new World
            {
                Action = "write",
                Level = "L1",
                Rules = ["{name: no, effect: block, reason_codes: [not_today]}"],
            }
        );

        Assert.Equal("block", json.GetProperty("verdict").GetString());
        var part = json.GetProperty("parts")[0];
        Assert.Equal(11, part.GetProperty("controls").GetArrayLength());
        var boundary = part.GetProperty("controls")[4];
        Assert.Equal("fail", boundary.GetProperty("outcome").GetString());
        Assert.Equal("atf_boundary", boundary.GetProperty("reason").GetString());
        Assert.StartsWith("world.yaml:", boundary.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.Equal("not_today", part.GetProperty("rules")[0].GetProperty("reason_codes")[0].GetString());
        Assert.Equal("LLM06", json.GetProperty("reasons")[0].GetProperty("threats")[0].GetString());
        Assert.Equal(2, json.GetProperty("would_allow").GetProperty("sets")[0].GetArrayLength());
    }

    [Fact]
    public void Explanation_OfAnApproval_NamesGroupsAndObligations()
    {
        var json = JsonOf(
            new World
            {
                HumanApproval = true,
                DryRun = true,
                Gate = "active: true, quorum: 2",
            }
        );

        Assert.Equal("owners", json.GetProperty("approvals")[0].GetProperty("groups")[0].GetString());
        Assert.Equal(2, json.GetProperty("approvals")[0].GetProperty("quorum").GetInt32());
        Assert.Equal(["log_detailed", "dry_run"], json.GetProperty("obligations").EnumerateArray().Select(o => o.GetString()));
    }

    [Fact]
    public void Explanation_OfAConditionedRule_ShowsWhatEachPartOfTheConditionGave()
    {
        var json = JsonOf(
            new World
            {
                Action = "write",
                Level = "L2",
                Rules =
                [
                    "{name: late, effect: block, when: \"intent.action == 'write' && agent.level > 3\"}",
                    "{name: other, effect: block, match: {tool_names: [elsewhere/op]}, when: \"true\"}",
                ],
            }
        );

        var condition = Assert.Single(json.GetProperty("parts")[0].GetProperty("conditions").EnumerateArray());
        Assert.Equal(("late", "false"), (condition.GetProperty("rule").GetString(), condition.GetProperty("value").GetString()));
        Assert.StartsWith("world.yaml:", condition.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            condition.GetProperty("parts").EnumerateArray(),
            part => part.GetProperty("text").GetString() == "intent.action == 'write'" && part.GetProperty("value").GetString() == "true"
        );
    }

    [Fact]
    public void Explanation_WithHostedTools_ShowsEachByItself()
    {
        var json = JsonOf(
            new World
            {
                IsModel = true,
                Door = Door.OpenAi,
                HostedTools = ["{name: web_search, action: external, risk: low}"],
            }
        );

        Assert.Equal(
            ["chat allow", "web_search block"],
            json.GetProperty("parts")
                .EnumerateArray()
                .Select(p => $"{p.GetProperty("operation").GetString()} {p.GetProperty("verdict").GetString()}")
        );
    }

    [Fact]
    public void Explanation_OfAnyCase_AgreesWithTheEvaluator() =>
        Prop.ForAll(
                Worlds.Any.ToArbitrary(),
                c =>
                {
                    var (explanation, decision) = (Explanation.Create(c.Snapshot, c.Intent, c.Facts), c.Judge());
                    return explanation.Decision.Verdict == decision.Verdict
                        && explanation.Decision.Reasons.SequenceEqual(decision.Reasons)
                        && explanation.Parts.Min(p => p.Decision.Verdict) == decision.Verdict
                        && ExplanationJson.Of(explanation).ToJsonString().Length > 0;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static JsonElement JsonOf(World world) =>
        JsonDocument.Parse(ExplanationJson.Of(Explanation.Create(world.Compile(), world.Intent(), world.Facts)).ToJsonString()).RootElement;
}
