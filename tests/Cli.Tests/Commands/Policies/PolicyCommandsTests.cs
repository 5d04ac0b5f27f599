namespace Gateway.Cli.Tests.Commands.Policies;

public sealed class PolicyCommandsTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("policy validate --json")]
    [InlineData("policy validate governance --json")]
    public async Task Validate_OfGoodDocuments_NamesTheirRevision(string command)
    {
        var data = (await _folder.RunAsync(command)).Ended(0).Data();
        Assert.True(data.GetProperty("agents").GetInt32() >= 2);
        Assert.NotEmpty(data.GetProperty("revision").GetString()!);
    }

    [Fact]
    public async Task Validate_OfAToolWithALongName_WarnsOfIt()
    {
        var name = new string('a', 65);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Governance, "mcp.yaml"),
            "apiVersion: gateway/v1\nkind: Connector\nmetadata: {tenant: demo, name: files}\nspec:\n  type: mcp\n"
                + "  baseAddress: https://x.example/mcp\n  environment: development\n"
                + $"  operations: [{{name: long, tool: {name}, action: read, risk: low}}]\n"
        );

        var run = (await _folder.RunAsync("policy validate")).Ended(0);

        Assert.Contains($"mcp.yaml:8:16: The tool '{name}' has 65 characters", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OfBadDocuments_ShowsEveryErrorWithItsPlace()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Governance, "one.yaml"),
            "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: BAD}\nspec: {}\n"
        );
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Governance, "two.yaml"),
            "apiVersion: gateway/v1\nkind: Tenent\nmetadata: {name: x}\nspec: {}\n"
        );
        var run = (await _folder.RunAsync("policy validate")).Ended(6);
        Assert.Contains("error: one.yaml:3:", run.Error, StringComparison.Ordinal);
        Assert.Contains("error: two.yaml:2:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OfNothing_IsRefused()
    {
        Directory.CreateDirectory(_folder.FileOf("empty"));
        (await _folder.RunAsync("policy validate empty --json")).Ended(6).Envelope();
        (await _folder.RunAsync("policy validate nowhere --json")).Ended(6).Envelope();
    }
}
