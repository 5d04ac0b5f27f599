using System.Xml.Linq;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Policies;

public sealed class PolicyTestCommandTests : IDisposable
{
    private const string Good =
        "name: reads\nintent: {agent: assistant, connector: crm, operation: list-contacts}\nwant: {verdict: allow, reasons: []}\n";
    private const string Bad =
        "---\nname: a stopped agent reads\nintent: {agent: suspended, connector: crm, operation: list-contacts}\nwant: {verdict: allow}\n";

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CasesThatHold_Pass()
    {
        await WriteAsync("cases.yaml", Good);
        var data = (await _folder.RunAsync("policy test governance --cases cases.yaml --json")).Ended(0).Data();
        Assert.Equal((1, 0), (data.GetProperty("passed").GetInt32(), data.GetProperty("failed").GetInt32()));
    }

    [Fact]
    public async Task ACaseThatFails_IsNamedWithItsLineWantedAndGot()
    {
        await WriteAsync("cases.yaml", Good + Bad);
        var run = (await _folder.RunAsync("policy test governance --cases cases.yaml --junit report.xml")).Ended(5);
        Assert.Contains(
            "FAILED a stopped agent reads\n  cases.yaml:6:9\n    verdict: wanted allow, got block\n",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("1 passed, 1 failed.", run.Output, StringComparison.Ordinal);
        var suite = XDocument.Load(_folder.FileOf("report.xml")).Root!.Element("testsuite")!;
        Assert.Equal(("2", "1"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value));
        Assert.Contains("wanted allow, got block", suite.Descendants("failure").Single().Value, StringComparison.Ordinal);
        var failed = (await _folder.RunAsync("policy test governance --cases cases.yaml --json")).Ended(5).Data().GetProperty("cases")[1];
        Assert.Equal(
            (6, "got"),
            (
                failed.GetProperty("failures")[0].GetProperty("line").GetInt32(),
                failed.GetProperty("failures")[0].GetProperty("differences")[0].EnumerateObject().Last().Name
            )
        );
    }

    [Fact]
    public async Task ARuleFile_IsTestedByItsOwnCases()
    {
        await WriteAsync("rules.yaml", "default_verdict: block\nrules: [{name: r, effect: allow, match: {tool_names: [tool.read]}}]\n");
        await WriteAsync(
            "cases.yaml",
            "name: reads\nintent: {tool_name: tool.read, args: {}, context: {identity: a, workspace: /w, risk_class: "
                + "low}}\nwant: {verdict: allow, rules: [r]}\n"
        );
        await WriteAsync(
            "more.yaml",
            "name: writes\nintent: {tool_name: tool.write, args: {}, context: {identity: a, workspace: /w, risk_class: "
                + "low}}\nwant: {verdict: block, reasons: [default_block]}\n"
        );
        Assert.Equal(
            2,
            (await _folder.RunAsync("policy test rules.yaml --cases cases.yaml more.yaml --json"))
                .Ended(0)
                .Data()
                .GetProperty("passed")
                .GetInt32()
        );
    }

    [Theory]
    [InlineData("policy test governance")]
    [InlineData("policy test governance --cases nowhere.yaml")]
    [InlineData("policy test governance --cases empty.yaml")]
    [InlineData("policy test governance --cases bad.yaml")]
    [InlineData("policy test nowhere --cases cases.yaml")]
    public async Task WithoutCasesOrWithMistakes_ItIsInvalidInput(string command)
    {
        await WriteAsync("cases.yaml", Good);
        await WriteAsync("empty.yaml", "# none\n");
        await WriteAsync("bad.yaml", Good + "more: 1\n");
        (await _folder.RunAsync(command + " --json")).Ended(6).Envelope();
    }

    [SharedDataFact("gait/examples/policy-test/block.yaml")]
    public async Task OneIntent_IsAnsweredAsGaitDoes()
    {
        var folder = Repository.Shared("gait/examples/policy-test");
        var data = (
            await _folder.RunAsync(["policy", "test", Path.Combine(folder, "block.yaml"), Path.Combine(folder, "intent.json"), "--json"])
        )
            .Ended(3)
            .Data();
        Assert.Equal(
            ("gait.policytest.result", "block"),
            (data.GetProperty("schema_id").GetString(), data.GetProperty("verdict").GetString())
        );
        Assert.StartsWith("verdict=block rule=", data.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_folder.FileOf(name), text);
}
