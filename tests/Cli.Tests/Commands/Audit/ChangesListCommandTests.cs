using System.Text.Json;

namespace Gateway.Cli.Tests.Commands.Audit;

/// <summary>Every operator's command leaves its record before it returns; a kill leaves both or neither.</summary>
public sealed class ChangesListCommandTests : IDisposable
{
    private static readonly string[] OfDemo = ["--tenant", "demo", "--json"];

    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EachCommandThatChangesSomething_IsOnRecordWithWhoAndWhy()
    {
        var id = await CreateAsync("--kind", "bearer", "--reason", "first");
        (await Run("agents", "suspend", "--agent", "assistant", "--reason", "INC-42: odd exports")).Ended(0);
        (await Run("agents", "activate", "--agent", "assistant", "--reason", "closed")).Ended(0);
        (await Run("agents", "demote", "--agent", "assistant", "--to", "L1", "--reason", "careful")).Ended(0);
        (await Run("agents", "reinstate", "--agent", "assistant", "--reason", "proven")).Ended(0);
        var next = (await Run("agents", "credentials", "rotate", "--id", id)).Ended(0).Data().GetProperty("id").GetString()!;
        (await Run("agents", "credentials", "revoke", "--id", next, "--reason", "leaked")).Ended(0);
        await PutAsync("canary-secret");
        (await Run("vault", "remove", "--path", "crm/prod", "--field", "token", "--reason", "gone")).Ended(0);

        var changes = await ListAsync();

        Assert.Equal(
            [
                "credential_added",
                "lifecycle_set",
                "lifecycle_set",
                "level_set",
                "level_set",
                "credential_replaced",
                "credential_added",
                "credential_revoked",
                "secret_put",
                "secret_removed",
            ],
            changes.Select(change => Text(change, "kind"))
        );
        Assert.All(changes, change => Assert.StartsWith($"os:{Environment.UserName}", Text(change, "by"), StringComparison.Ordinal));
        Assert.All(changes, change => Assert.StartsWith(Environment.MachineName + ": ", Text(change, "from"), StringComparison.Ordinal));
        Assert.All(changes, change => Assert.Matches("^[0-9a-f]{32}\\.[0-9]+$", Text(change, "receipt")));
        Assert.EndsWith("agents suspend", Text(changes[1], "from"), StringComparison.Ordinal);
        Assert.Equal("INC-42: odd exports", Text(changes[1], "reason"));
        Assert.Equal("suspended", changes[2].GetProperty("before").GetProperty("status").GetString());
        Assert.Equal("active", changes[2].GetProperty("after").GetProperty("status").GetString());
        Assert.Equal("L1", changes[4].GetProperty("before").GetProperty("demoted_to").GetString());
        (await _folder.RunAsync(["verify", Path.Combine(_folder.Data, "journal")])).Ended(0);
        foreach (var file in Directory.EnumerateFiles(_folder.Data, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("canary-secret", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task List_OfOneKind_ShowsNoOther_AndAnUnknownKindIsRefused()
    {
        await CreateAsync("--kind", "bearer");
        (await Run("agents", "suspend", "--agent", "assistant", "--reason", "odd")).Ended(0);

        var one = (await _folder.RunAsync(["changes", "list", .. OfDemo, "--kind", "lifecycle_set"])).Ended(0).Data();

        Assert.Equal("lifecycle_set", Text(Assert.Single(one.GetProperty("changes").EnumerateArray().ToArray()), "kind"));
        Assert.NotEqual(0, (await _folder.RunAsync(["changes", "list", .. OfDemo, "--kind", "anything"])).Exit);
    }

    [Fact]
    public async Task KeysRotate_IsOnRecordForEachTenantThatItTouches()
    {
        await CreateAsync("--kind", "hmac");
        await PutAsync("canary");
        var older = _folder.Settings["DATA_ENCRYPTION_KEY"];
        var newer = Connectors.Vaults.KeyGenerator.Generate().Single(key => key.Setting == "DATA_ENCRYPTION_KEY").Value.Reveal();
        _folder.Settings["DATA_ENCRYPTION_KEY"] = $"next:{newer.Split(':')[^1]},{older}";

        (await _folder.RunAsync(["keys", "rotate", "--reason", "yearly", "--json"])).Ended(0);

        var changes = (await ListAsync()).Where(change => Text(change, "reason") == "yearly").ToArray();
        Assert.Equal(["credential_resealed", "secrets_resealed"], changes.Select(change => Text(change, "kind")).Order());
        Assert.Equal(
            "next",
            changes.Single(c => Text(c, "kind") == "secrets_resealed").GetProperty("after").GetProperty("key").GetString()
        );
    }

    [Theory]
    [InlineData("vault", "remove", "--path", "a", "--field", "b")]
    [InlineData("agents", "credentials", "revoke", "--id", "abcdefgh23")]
    [InlineData("agents", "suspend", "--agent", "assistant")]
    public async Task AChangeOfTheGovernedSet_WithoutAReason_IsRefused(params string[] command)
    {
        var run = await Run(command);
        Assert.NotEqual(0, run.Exit);
        Assert.Contains("--reason", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChangeThatTheTenantWantsAReasonFor_IsRefusedWithout_AlsoWhereNobodyCanTell()
    {
        var tenant = Directory
            .EnumerateFiles(_folder.Governance)
            .Single(file => File.ReadAllText(file).Contains("kind: Tenant", StringComparison.Ordinal));
        var text = await File.ReadAllTextAsync(tenant);
        var at = text.IndexOf("spec:", text.IndexOf("kind: Tenant", StringComparison.Ordinal), StringComparison.Ordinal);
        var line = text.IndexOf('\n', at);
        Assert.DoesNotContain("{", text[at..line], StringComparison.Ordinal);
        await File.WriteAllTextAsync(tenant, text[..line] + "\n  reasonsFor: [credential_added]" + text[line..]);

        var refused = (await Run("agents", "credentials", "create", "--agent", "assistant", "--kind", "bearer")).Ended(6);
        Assert.Contains("reasonsFor", refused.Output, StringComparison.Ordinal);
        await PutAsync("1");
        await CreateAsync("--kind", "bearer", "--reason", "onboarding");

        await File.WriteAllTextAsync(Path.Combine(_folder.Governance, "broken.yaml"), "kind: [");
        var unknown = (await _folder.RunAsync(["vault", "put", .. OfDemo, "--path", "a", "--field", "b"], "1")).Ended(6);
        Assert.Contains("--reason", unknown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChange_WhoseRecordCannotBeKept_IsNotMade()
    {
        var id = await CreateAsync("--kind", "bearer");
        _folder.Settings["Gateway__Journal__Root"] = Path.Combine(_folder.FileOf("a-file"), "journal");
        await File.WriteAllTextAsync(_folder.FileOf("a-file"), "no folder");

        var refused = (await Run("agents", "credentials", "revoke", "--id", id, "--reason", "leaked")).Ended(6);

        Assert.Contains("nothing was changed", refused.Output, StringComparison.Ordinal);
        _folder.Settings.Remove("Gateway__Journal__Root");
        Assert.Equal("active", Text((await Credentials()).Single(c => Text(c, "id") == id), "status"));
    }

    [Fact]
    public async Task KilledAtAnyPoint_BothChangeAndRecordAreThere_OrNeither()
    {
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            ids.Add(await CreateAsync("--kind", "bearer"));
        }

        // From before the program has begun to behind its end: the one in the middle took so long in full.
        var started = TimeProvider.System.GetTimestamp();
        (await Run("agents", "credentials", "revoke", "--id", ids[0], "--reason", "leaked")).Ended(0);
        var whole = TimeProvider.System.GetElapsedTime(started);
        for (var i = 1; i < ids.Count; i++)
        {
            using var process = _folder.Start(["agents", "credentials", "revoke", .. OfDemo, "--id", ids[i], "--reason", "leaked"]);
            process.StandardInput.Close();
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(whole * (0.55 + (0.06 * i))));
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        // Whatever a kill left is put on record by the next change.
        (await Run("agents", "suspend", "--agent", "assistant", "--reason", "the next")).Ended(0);

        var revoked = (await Credentials()).Where(c => Text(c, "status") == "revoked").Select(c => Text(c, "id")).Order();
        var listed = (await ListAsync()).Where(c => Text(c, "kind") == "credential_revoked").Select(c => Text(c, "subject")).Order();
        Assert.Equal(revoked, listed);
        (await _folder.RunAsync(["verify", Path.Combine(_folder.Data, "journal")])).Ended(0);
    }

    private static string Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? value.GetString()! : "";

    private async Task<JsonElement[]> ListAsync() =>
        [.. (await _folder.RunAsync(["changes", "list", .. OfDemo])).Ended(0).Data().GetProperty("changes").EnumerateArray()];

    private async Task<JsonElement[]> Credentials() =>
        [.. (await Run("agents", "credentials", "list")).Ended(0).Data().GetProperty("credentials").EnumerateArray()];

    private async Task<string> CreateAsync(params string[] more) =>
        Text((await Run(["agents", "credentials", "create", "--agent", "assistant", .. more])).Ended(0).Data(), "id");

    private async Task PutAsync(string value) =>
        (await _folder.RunAsync(["vault", "put", .. OfDemo, "--path", "crm/prod", "--field", "token"], value)).Ended(0);

    private Task<CommandRun> Run(params string[] command) => _folder.RunAsync([.. command, .. OfDemo]);
}
