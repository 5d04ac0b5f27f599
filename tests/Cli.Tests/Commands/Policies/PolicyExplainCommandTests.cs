namespace Gateway.Cli.Tests.Commands.Policies;

public sealed class PolicyExplainCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Explain_OfARefusal_ShowsTheTreeWithPlacesAndWhatWouldAllow()
    {
        await WriteAsync(
            "intent.yaml",
            "name: '[red]a note[/]'\nagent: intern\nconnector: crm\noperation: create-note\nargs: {text: hello}\n"
        );

        var output = (await _folder.RunAsync("policy explain governance --intent intent.yaml")).Ended(0).Output;

        Assert.Contains("[red]a note[/]: block", output, StringComparison.Ordinal);
        Assert.Contains("6 tool_permission: fail tool_not_permitted", output, StringComparison.Ordinal);
        Assert.Contains("agents.yaml:", output, StringComparison.Ordinal);
        Assert.Contains("grant 'crm/create-note' to the agent 'intern'", output, StringComparison.Ordinal);
        Assert.Contains("AML.T0053", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_WithJson_AnswersForEachDocumentOfTheFile()
    {
        await WriteAsync(
            "intents.yaml",
            "name: one\nagent: intern\nconnector: crm\noperation: create-note\n---\nagent: assistant\nconnector: "
                + "crm\noperation: get-contact\n"
        );

        var data = (await _folder.RunAsync("policy explain governance --intent intents.yaml --json")).Ended(0).Data();

        var (refused, allowed) = (data.GetProperty("explanations")[0], data.GetProperty("explanations")[1]);
        Assert.Equal(("one", "block"), (refused.GetProperty("name").GetString(), refused.GetProperty("verdict").GetString()));
        Assert.NotEqual(0, refused.GetProperty("would_allow").GetProperty("sets").GetArrayLength());
        Assert.True(allowed.GetProperty("would_allow").GetProperty("already_allowed").GetBoolean());
    }

    [Theory]
    [InlineData("policy explain governance --intent nowhere.yaml --json")]
    [InlineData("policy explain nowhere --intent empty.yaml --json")]
    [InlineData("policy explain governance --intent empty.yaml --json")]
    [InlineData("policy explain governance --intent wrong.yaml --json")]
    [InlineData("policy coverage governance --cases empty.yaml wrong.yaml --json")]
    [InlineData("policy diff governance nowhere --json")]
    public async Task ACommand_OfWhatCannotBeRead_IsInvalidInput(string command)
    {
        await WriteAsync("empty.yaml", "");
        await WriteAsync("wrong.yaml", "agent: intern\n");

        (await _folder.RunAsync(command)).Ended(6).Envelope();
    }

    [Fact]
    public async Task Coverage_OfCases_NamesWhatNoneExercises()
    {
        await WriteAsync(
            "one.yaml",
            "name: one\nintent: {agent: intern, connector: crm, operation: create-note, args: {text: password}}\nwant: {verdict: block}\n"
        );
        await WriteAsync(
            "two.yaml",
            "name: two\nintents: [{agent: assistant, connector: crm, operation: get-contact}]\nwant: {verdict: block}\n"
        );

        var data = (await _folder.RunAsync("policy coverage governance --cases one.yaml two.yaml --json")).Ended(0).Data();
        var output = (await _folder.RunAsync("policy coverage governance --cases one.yaml")).Ended(0).Output;

        Assert.Equal(2, data.GetProperty("cases").GetInt32());
        Assert.Equal(1, data.GetProperty("permissions").GetProperty("exercised").GetInt32());
        Assert.Equal(0, data.GetProperty("rules").GetProperty("missing").GetArrayLength());
        Assert.Contains("controls: 1 agent_registration fail", output, StringComparison.Ordinal);
        Assert.Contains("permissions: demo/assistant crm/get-contact", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_OfTwoFolders_ShowsDocumentsAndAccess()
    {
        Directory.CreateDirectory(_folder.FileOf("after"));
        foreach (var file in Directory.GetFiles(_folder.Governance))
        {
            var text = await File.ReadAllTextAsync(file);
            await File.WriteAllTextAsync(
                Path.Combine(_folder.FileOf("after"), Path.GetFileName(file)),
                text.Replace("level: L3", "level: L1", StringComparison.Ordinal)
            );
        }

        var data = (await _folder.RunAsync("policy diff governance after --json")).Ended(0).Data();
        var output = (await _folder.RunAsync("policy diff governance after")).Ended(0).Output;

        Assert.Contains(
            data.GetProperty("access").EnumerateArray(),
            row =>
                row.GetProperty("operation").GetString() == "crm/create-note"
                && row.GetProperty("change").GetString() == "tightened"
                && row.GetProperty("after").GetString() == "block"
        );
        Assert.Contains("changed: Agent demo/assistant", output, StringComparison.Ordinal);
        Assert.Contains("signed at the tool door", output, StringComparison.Ordinal);
        Assert.Contains(
            "No agent can do more or less",
            (await _folder.RunAsync("policy diff governance governance")).Ended(0).Output,
            StringComparison.Ordinal
        );
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_folder.FileOf(name), text);
}
