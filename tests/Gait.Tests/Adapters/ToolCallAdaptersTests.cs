using System.Text;
using Gateway.Gait.Adapters;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;
using Gateway.Policy.Tests.Rules;

namespace Gateway.Gait.Tests.Adapters;

public sealed class ToolCallAdaptersTests
{
    private const string Args = "{\"path\":\"/etc/passwd\",\"url\":\"https://evil.example/\",\"command\":\"rm x\"}";

    [Theory]
    [InlineData("openai", "{\"type\":\"function\",\"function\":{\"name\":\"tool.run\",\"arguments\":ARGS}}")]
    [InlineData("anthropic", "{\"type\":\"tool_use\",\"name\":\"tool.run\",\"input\":ARGS}")]
    [InlineData("langchain", "{\"tool\":\"tool.run\",\"tool_input\":ARGS}")]
    [InlineData("mcp", "{\"name\":\"tool.run\",\"args\":ARGS}")]
    public void Read_OfACallThatSaysNothing_FillsTargetsAndProvenance(string adapter, string payload)
    {
        var intent = Read(adapter, payload.Replace("ARGS", Args, StringComparison.Ordinal));

        Assert.Equal(["other", "path", "url"], intent.Targets.Select(target => target.Kind));
        Assert.Contains(intent.Targets, target => target is { Kind: "other", EndpointClass: "proc.exec", Destructive: true });
        Assert.Equal(["args.command", "args.path", "args.url"], intent.Provenance.Select(entry => entry.ArgPath));
        Assert.All(intent.Provenance, entry => Assert.Equal("external", entry.Source));
    }

    [Fact]
    public void Rules_AboutPaths_ReachCallsThatSayNothing()
    {
        var intent = Read("openai", "{\"function\":{\"name\":\"tool.read\",\"arguments\":\"{\\\"path\\\":\\\"/srv/../etc/passwd\\\"}\"}}");

        var outcome = Sample.Judge(
            "default_verdict: allow\nrules: [{name: a, effect: allow, endpoint: {path_denylist: [\"/etc/**\"]}}]",
            intent
        );

        Assert.Equal(Verdict.Block, outcome.Verdict);
    }

    [Fact]
    public void Read_OfWhatTheCallSaysItself_KeepsIt()
    {
        var intent = Read(
            "mcp",
            "{\"name\":\"t\",\"args\":{\"path\":\"/a\"},\"targets\":[{\"kind\":\"path\",\"value\":\"/b\"}],"
                + "\"arg_provenance\":[{\"arg_path\":\"args.path\",\"source\":\"user\"}]}"
        );

        Assert.Equal("/b", Assert.Single(intent.Targets).Value);
        Assert.Equal("user", Assert.Single(intent.Provenance).Source);
    }

    [Theory]
    [InlineData("openai", "{\"function\":{\"name\":\"t\",\"arguments\":\"[1]\"}}")]
    [InlineData("openai", "{\"function\":{\"name\":\"t\",\"arguments\":\"{\\\"a\\\":1,\\\"a\\\":2}\"}}")]
    [InlineData("openai", "{\"function\":{\"arguments\":\"{}\"}}")]
    [InlineData("anthropic", "{\"name\":\"t\",\"input\":[]}")]
    [InlineData("anthropic", "{\"name\":\"t\",\"name\":\"u\"}")]
    [InlineData("mcp", "{\"name\":\"t\",\"args\":{\"password\":\"A1B2C3D4E5F6G7H8\"}}")]
    [InlineData("claude_code", "{\"tool_name\":\"Bash\",\"tool_input\":7}")]
    [InlineData("nobody", "{}")]
    public void Read_OfACallThatCannotBeTold_Refuses(string adapter, string payload) =>
        Assert.Null(ToolCallAdapters.Read(adapter, Encoding.UTF8.GetBytes(payload)).Intent);

    [Fact]
    public void Read_OfHints_NeverUnsaysThatATargetIsDestructive()
    {
        var intent = Read(
            "mcp",
            "{\"name\":\"t\",\"targets\":[{\"kind\":\"table\",\"value\":\"x\",\"destructive_hint\":true,"
                + "\"annotations\":{\"destructiveHint\":false}}]}"
        );

        Assert.True(intent.Targets[0].Destructive);
    }

    private static RuleIntent Read(string adapter, string payload)
    {
        var result = ToolCallAdapters.Read(adapter, Encoding.UTF8.GetBytes(payload));
        Assert.True(result.TryGet(out var intent), string.Join("\n", result.Errors));
        return intent;
    }
}
