using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Connectors.Keys;

namespace Gateway.Cli.Tests.Commands.Agents;

public sealed class CredentialCommandsTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bearer", "gwk_demo.")]
    [InlineData("hmac", "gws_demo.")]
    [InlineData("p256", "-----BEGIN PRIVATE KEY-----")]
    public async Task Create_ShowsTheSecretOnce_AndStoresItNowhere(string kind, string start)
    {
        var created = (await _folder.RunAsync($"agents credentials create --tenant demo --agent assistant --kind {kind} --json")).Ended(0);
        var secret = created.Data().GetProperty("secret").GetString()!;
        var list = (await _folder.RunAsync("agents credentials list --tenant demo --json")).Ended(0);

        Assert.StartsWith(start, secret, StringComparison.Ordinal);
        Assert.Empty(_folder.FilesWith(secret));
        Assert.Empty(_folder.FilesWith(Core(secret)));
        Assert.DoesNotContain(Core(secret), created.Error + list.Output + list.Error, StringComparison.Ordinal);
        Assert.Equal(1, Occurrences(created.Output, Core(secret)));
        var listed = Assert.Single(list.Data().GetProperty("credentials").EnumerateArray());
        Assert.Equal(created.Data().GetProperty("keyId").GetString(), listed.GetProperty("keyId").GetString());
        Assert.Equal("main", listed.GetProperty("workspace").GetString());
        Assert.False(listed.TryGetProperty("secret", out _));
    }

    [Fact]
    public async Task Create_ForPeople_ShowsTheSecretUnbroken()
    {
        var run = (await _folder.RunAsync("agents credentials create --tenant demo --agent assistant --kind hmac")).Ended(0);
        Assert.True(AgentKeyText.TryParse(run.Output.TrimEnd().Split('\n')[^1], out _));
    }

    [Fact]
    public async Task Create_OfABearer_ExpiresAfterNinetyDays_AndOfOthersNever()
    {
        var bearer = await CreateAsync("bearer");
        var hmac = await CreateAsync("hmac");
        Assert.Equal(
            TimeSpan.FromDays(90),
            bearer.GetProperty("expiresAt").GetDateTimeOffset() - bearer.GetProperty("createdAt").GetDateTimeOffset()
        );
        Assert.Equal(JsonValueKind.Null, hmac.GetProperty("expiresAt").ValueKind);
    }

    [Fact]
    public async Task Create_WithALifetimeAndAVersion_KeepsBoth()
    {
        var data = await CreateAsync("hmac --expires 12h --key-version 3");
        Assert.Equal(
            TimeSpan.FromHours(12),
            data.GetProperty("expiresAt").GetDateTimeOffset() - data.GetProperty("createdAt").GetDateTimeOffset()
        );
        Assert.Equal(3, data.GetProperty("keyVersion").GetInt32());
    }

    [Fact]
    public async Task Create_WithTheAgentsOwnPublicKey_ShowsNoSecret()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(_folder.FileOf("agent.pem"), pair.ExportSubjectPublicKeyInfoPem());
        Assert.False((await CreateAsync("p256 --public-key agent.pem")).TryGetProperty("secret", out _));
    }

    [Theory]
    [InlineData("bearer", 1)]
    [InlineData("hmac", 2)]
    [InlineData("p256", 1)]
    public async Task Rotate_IssuesOneOfTheSameKind_AndEndsTheOldOneLater(string kind, int version)
    {
        var old = await CreateAsync($"{kind} --expires 20d");
        var rotated = (await _folder.RunAsync($"agents credentials rotate --tenant demo --id {old.GetProperty("id")} --overlap 6h --json"))
            .Ended(0)
            .Data();

        var created = rotated.GetProperty("createdAt").GetDateTimeOffset();
        Assert.Equal(
            (kind, version, TimeSpan.FromDays(20)),
            (
                rotated.GetProperty("kind").GetString(),
                rotated.GetProperty("keyVersion").GetInt32(),
                rotated.GetProperty("expiresAt").GetDateTimeOffset() - created
            )
        );
        Assert.NotEmpty(rotated.GetProperty("secret").GetString()!);
        Assert.Equal(old.GetProperty("id").GetString(), rotated.GetProperty("replaces").GetProperty("id").GetString());
        Assert.Equal(created.AddHours(6), rotated.GetProperty("replaces").GetProperty("expiresAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Rotate_OfWhatIsRevokedOrUnknown_IsRefused()
    {
        var id = (await CreateAsync("hmac")).GetProperty("id").GetString();
        (await _folder.RunAsync($"agents credentials rotate --tenant demo --id {id} --overlap 31d")).Ended(6);
        (await _folder.RunAsync($"agents credentials revoke --tenant demo --id {id} --reason leaked")).Ended(0);

        (await _folder.RunAsync($"agents credentials rotate --tenant demo --id {id}")).Ended(6);
        (await _folder.RunAsync("agents credentials rotate --tenant demo --id nothing")).Ended(6);
        Assert.Equal(
            1,
            (await _folder.RunAsync("agents credentials list --tenant demo --json"))
                .Ended(0)
                .Data()
                .GetProperty("credentials")
                .GetArrayLength()
        );
    }

    [Theory]
    [InlineData("--tenant demo --agent nobody --kind hmac")]
    [InlineData("--tenant nowhere --agent assistant --kind hmac")]
    [InlineData("--tenant demo --agent assistant --kind hmac --workspace other")]
    [InlineData("--tenant demo --agent assistant --kind password")]
    [InlineData("--tenant demo --agent assistant --kind hmac --expires 90")]
    [InlineData("--tenant demo --agent assistant --kind hmac --expires 400d")]
    [InlineData("--tenant demo --agent assistant --kind hmac --expires -1d")]
    [InlineData("--tenant demo --agent assistant --kind hmac --key-version 0")]
    [InlineData("--tenant demo --agent assistant --kind hmac --public-key governance/tenant.yaml")]
    [InlineData("--tenant demo --agent assistant --kind p256 --public-key governance/tenant.yaml")]
    [InlineData("--tenant demo --agent assistant --kind p256 --public-key nowhere.pem")]
    [InlineData("--tenant ../demo --agent assistant --kind hmac")]
    [InlineData("--tenant demo --agent Assistant --kind hmac")]
    [InlineData("--tenant demo --agent assistant")]
    public async Task Create_OfWhatCannotBe_IsRefusedAndStoresNothing(string options)
    {
        (await _folder.RunAsync($"agents credentials create {options} --json")).Ended(6).Envelope();
        Assert.False(Directory.Exists(Path.Combine(_folder.Data, "store")));
    }

    [Fact]
    public async Task Create_WithBrokenGovernance_IsRefusedWithThePlaceOfTheError()
    {
        await File.AppendAllTextAsync(Path.Combine(_folder.Governance, "tenant.yaml"), "---\nkind: [\n");
        var run = (await _folder.RunAsync("agents credentials create --tenant demo --agent assistant --kind hmac --json")).Ended(6);
        Assert.Contains(
            run.Envelope().GetProperty("errors").EnumerateArray(),
            e => e.GetProperty("file").GetString() == "tenant.yaml" && e.GetProperty("line").GetInt32() > 0
        );
    }

    [Fact]
    public async Task Revoke_EndsACredential_AndAnUnknownOneFails()
    {
        var id = (await CreateAsync("hmac")).GetProperty("id").GetString();
        Assert.True(
            (await _folder.RunAsync($"agents credentials revoke --tenant demo --id {id} --reason leaked --json"))
                .Ended(0)
                .Data()
                .GetProperty("changed")
                .GetBoolean()
        );
        Assert.False(
            (await _folder.RunAsync($"agents credentials revoke --tenant demo --id {id} --reason leaked --json"))
                .Ended(0)
                .Data()
                .GetProperty("changed")
                .GetBoolean()
        );
        (await _folder.RunAsync($"agents credentials revoke --tenant other --id {id} --reason leaked --json")).Ended(1).Envelope();
        var listed = (await _folder.RunAsync("agents credentials list --tenant demo --agent assistant --json"))
            .Data()
            .GetProperty("credentials");
        Assert.Equal("revoked", listed[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Name_IsListed_AndNamesTheCredentialToRotateAndRevoke()
    {
        var first = (await CreateAsync("hmac --name laptop")).GetProperty("id").GetString();
        (await _folder.RunAsync("agents credentials create --tenant demo --agent assistant --kind hmac --name laptop --json"))
            .Ended(6)
            .Envelope();
        var second = (await _folder.RunAsync("agents credentials rotate --tenant demo --agent assistant --name laptop --json"))
            .Ended(0)
            .Data();
        Assert.Equal(
            ("laptop", first, 2),
            (
                second.GetProperty("name").GetString(),
                second.GetProperty("replaces").GetProperty("id").GetString(),
                second.GetProperty("keyVersion").GetInt32()
            )
        );
        Assert.Contains(
            "laptop",
            (await _folder.RunAsync("agents credentials list --tenant demo")).Ended(0).Output,
            StringComparison.Ordinal
        );

        var revoked = (
            await _folder.RunAsync("agents credentials revoke --tenant demo --agent assistant --name laptop --reason leaked --json")
        )
            .Ended(0)
            .Data()
            .GetProperty("revoked");
        Assert.Equal([first, second.GetProperty("id").GetString()], revoked.EnumerateArray().Select(id => id.GetString()));
        await CreateAsync("hmac --name laptop"); // Nothing that holds has it any more.
    }

    [Theory]
    [InlineData("revoke --reason leaked")]
    [InlineData("revoke --reason leaked --name laptop")]
    [InlineData("revoke --reason leaked --agent assistant")]
    [InlineData("revoke --reason leaked --id a --agent assistant --name laptop")]
    [InlineData("rotate")]
    [InlineData("rotate --id a --name laptop")]
    [InlineData("rotate --agent assistant --name Laptop")]
    public async Task Choice_ThatNamesNoneOrTwo_IsRefused(string command) =>
        (await _folder.RunAsync($"agents credentials {command} --tenant demo --json")).Ended(6).Envelope();

    [Fact]
    public async Task Rotate_OfAKeyOfAnotherAgentOfTheName_IsRefused()
    {
        var id = (await CreateAsync("hmac")).GetProperty("id").GetString();
        var file = Path.Combine(_folder.Governance, "agents.yaml");
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(
            file,
            text.Replace("  workspace: main\n", "  workspace: main\n  uid: second\n", StringComparison.Ordinal)
        );

        (await _folder.RunAsync($"agents credentials rotate --tenant demo --id {id}")).Ended(6);
        Assert.Equal("second", (await CreateAsync("hmac")).GetProperty("agentUid").GetString());
    }

    [Fact]
    public async Task List_OfATenantWithoutAny_IsEmpty() =>
        Assert.Equal(
            0,
            (await _folder.RunAsync("agents credentials list --tenant demo --json"))
                .Ended(0)
                .Data()
                .GetProperty("credentials")
                .GetArrayLength()
        );

    private async Task<JsonElement> CreateAsync(string kind) =>
        (await _folder.RunAsync($"agents credentials create --tenant demo --agent assistant --json --kind {kind}")).Ended(0).Data();

    /// <summary>The part that nobody may see: of a key's text what is behind the public id, of a PEM its second line.</summary>
    private static string Core(string secret) =>
        secret.StartsWith("gw", StringComparison.Ordinal) ? secret.Split('.')[^1] : secret.Split('\n')[1].Trim();

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
