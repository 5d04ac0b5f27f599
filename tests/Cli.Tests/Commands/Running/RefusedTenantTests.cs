using System.Text.Json;

namespace Gateway.Cli.Tests.Commands.Running;

/// <summary>A start goes on without the tenants whose documents are wrong; whoever asks before it is told of each.</summary>
public sealed class RefusedTenantTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public RefusedTenantTests()
    {
        _folder.Settings["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Gateway.Testing.FreePort.Next()}";
        Break("second", "colour: red");
        Break("third", "environment: nowhere");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ConfigCheck_SaysTheErrorsOfEveryTenantThatAStartWouldRefuse()
    {
        var errors = (await _folder.RunAsync("config check --json")).Ended(6).Envelope().GetProperty("errors");

        var said = errors.EnumerateArray().Select(error => error.GetProperty("message").GetString()!).ToList();
        Assert.Contains(said, one => one.Contains("'second' is refused: second.yaml:", StringComparison.Ordinal));
        Assert.Contains(said, one => one.Contains("'third' is refused: third.yaml:", StringComparison.Ordinal));
        Assert.DoesNotContain(said, one => one.Contains("'demo'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_ListsEveryTenantThatIsRefused_AndStillLooksAtTheOthers()
    {
        var checks = (await _folder.RunAsync("doctor --json")).Ended(2).Data().GetProperty("checks").EnumerateArray().ToList();

        var failed = checks.Where(check => Text(check, "status") == "fail").ToList();
        Assert.All(failed, check => Assert.Equal("governance", Text(check, "name")));
        Assert.Contains(failed, check => Text(check, "message").StartsWith("The tenant 'second' is refused", StringComparison.Ordinal));
        Assert.Contains(failed, check => Text(check, "message").StartsWith("The tenant 'third' is refused", StringComparison.Ordinal));
        Assert.Contains(checks, check => Text(check, "name") == "governance" && Text(check, "status") == "pass");
        Assert.Contains(checks, check => Text(check, "name") == "agents");
    }

    /// <summary>What nobody can tell whose it is, is said as it is.</summary>
    [Fact]
    public async Task WhereNoTenantIsRefused_ButAFileIsNobodys_ConfigCheckSaysTheFile()
    {
        File.Delete(Path.Combine(_folder.Governance, "second.yaml"));
        File.Delete(Path.Combine(_folder.Governance, "third.yaml"));
        (await _folder.RunAsync("config check")).Ended(0);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Governance, "stray.yaml"),
            "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: nobodys, name: main}\nspec: {environment: production}\n"
        );

        Assert.Contains("stray.yaml:", (await _folder.RunAsync("config check")).Ended(6).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereThereIsNoTenantAtAll_EachSaysSo()
    {
        foreach (var file in Directory.EnumerateFiles(_folder.Governance))
        {
            await File.WriteAllTextAsync(file, "");
        }

        Assert.Contains("Tenant", (await _folder.RunAsync("config check")).Ended(6).Error, StringComparison.Ordinal);
        Assert.Contains("\"governance\"", (await _folder.RunAsync("doctor --json")).Ended(2).Output, StringComparison.Ordinal);
    }

    private static string Text(JsonElement check, string member) => check.GetProperty(member).GetString()!;

    private void Break(string tenant, string wrong) =>
        File.WriteAllText(
            Path.Combine(_folder.Governance, $"{tenant}.yaml"),
            $$"""
            apiVersion: gateway/v1
            kind: Tenant
            metadata: {name: {{tenant}}}
            spec: {}
            ---
            apiVersion: gateway/v1
            kind: Workspace
            metadata: {tenant: {{tenant}}, name: main}
            spec: { {{wrong}} }

            """
        );
}
