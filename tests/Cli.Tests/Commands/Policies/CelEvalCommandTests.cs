using System.Text.Json;

namespace Gateway.Cli.Tests.Commands.Policies;

public sealed class CelEvalCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1 + 2", "3", "int")]
    [InlineData("args.amount > 100 && 'x' in args.tags", "true", "bool")]
    [InlineData("args.tags.map(t, t + '!')", """["x!","y!"]""", "list(string)")]
    [InlineData("{1: b'ab', 'n': null}", """{"1":"YWI=","n":null}""", "map(dyn, dyn)")]
    [InlineData("duration('90s')", "\"90s\"", "duration")]
    public async Task AnExpression_GivesItsValueAndType(string expression, string json, string type)
    {
        var data = (await _folder.RunAsync(["cel", "eval", expression, "--var", """args={"amount": 250, "tags": ["x", "y"]}""", "--json"]))
            .Ended(0)
            .Data();
        Assert.Equal((json, type), (JsonSerializer.Serialize(data.GetProperty("value"), Plain), data.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task AFile_GivesVariables()
    {
        await File.WriteAllTextAsync(_folder.FileOf("in.json"), """{"intent": {"action": "write"}, "n": 5}""");
        Assert.Equal(
            "true\n",
            (await _folder.RunAsync(["cel", "eval", "intent.action == 'write' && n < m", "--input", "in.json", "--var", "m=6"]))
                .Ended(0)
                .Output
        );
    }

    [Fact]
    public async Task AnExplanation_ShowsWhatEachPartGave()
    {
        var run = (await _folder.RunAsync(["cel", "eval", "a > 1 && b == 'x'", "--var", "a=2", "--var", "b=\"y\"", "--explain"])).Ended(0);
        Assert.Contains("a > 1 && b == 'x'  =>  false", run.Output, StringComparison.Ordinal);
        Assert.Contains("a > 1  =>  true", run.Output, StringComparison.Ordinal);
        Assert.Contains("b  =>  \"y\"", run.Output, StringComparison.Ordinal);
        var parts = (await _folder.RunAsync(["cel", "eval", "a > 1", "--var", "a=2", "--explain", "--json"]))
            .Ended(0)
            .Data()
            .GetProperty("parts");
        Assert.Equal(
            ("a > 1", 0, true),
            (parts[0].GetProperty("text").GetString(), parts[0].GetProperty("depth").GetInt32(), parts[0].GetProperty("value").GetBoolean())
        );
    }

    [Theory]
    [InlineData("1 +", 6)]
    [InlineData("amuont > 1", 6)]
    [InlineData("'a' + 1", 6)]
    [InlineData("amount.x", 1)]
    [InlineData("[1][5]", 1)]
    public async Task AMistake_IsMarkedWithACaret(string expression, int exit)
    {
        var run = (await _folder.RunAsync(["cel", "eval", expression, "--var", "amount=1"])).Ended(exit);
        var lines = run.Error.Split('\n');
        Assert.StartsWith("error: 1:", lines[0], StringComparison.Ordinal);
        Assert.Equal("  " + expression, lines[1]);
        Assert.Equal("^", lines[2].Trim());
        var error = (await _folder.RunAsync(["cel", "eval", expression, "--var", "amount=1", "--json"]))
            .Ended(exit)
            .Envelope()
            .GetProperty("errors")[0];
        Assert.Equal($"1:{lines[2].Length - 2}", error.GetProperty("place").GetString());
    }

    [Theory]
    [InlineData("--var", "a")]
    [InlineData("--var", "a=x")]
    [InlineData("--var", "=1")]
    [InlineData("--input", "nowhere.json")]
    public async Task AVariableThatCantBeRead_IsInvalidInput(string option, string value) =>
        (await _folder.RunAsync(["cel", "eval", "1", option, value, "--json"])).Ended(6).Envelope();

    [Fact]
    public async Task AVariableGivenTwice_IsInvalidInput() =>
        (await _folder.RunAsync(["cel", "eval", "a", "--var", "a=1", "--var", "a=2"])).Ended(6);

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
