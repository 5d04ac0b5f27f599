using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Commands.Running;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public DoctorCommandTests() => _folder.Settings["ASPNETCORE_URLS"] = $"http://127.0.0.1:{FreePort.Next()}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task InAGoodEnvironment_NothingFails_AndNoSecretIsPrinted()
    {
        await _folder.RunAsync("vault put --tenant demo --path crm --field token", "canary-secret");
        await _folder.RunAsync("agents credentials create --tenant demo --agent assistant --kind hmac");

        var run = (await _folder.RunAsync("doctor --json")).Ended(0);

        Assert.Equal(
            [
                "settings",
                "keys",
                "key_files",
                "governance",
                "agents",
                "limits",
                "data_folder",
                "disk_room",
                "journal",
                "vault",
                "store",
                "shared_state",
                "port",
                "telemetry",
            ],
            Checks(run).Select(check => check.GetProperty("name").GetString()).Distinct()
        );
        Assert.DoesNotContain(Checks(run), check => check.GetProperty("status").GetString() == "fail");
        Assert.DoesNotContain("canary-secret", run.Output + run.Error, StringComparison.Ordinal);
        Assert.All(
            KeyGenerator.Settings,
            setting => Assert.DoesNotContain(_folder.Settings[setting].Split(':')[1], run.Output + run.Error, StringComparison.Ordinal)
        );
    }

    /// <summary>And by the list of credentials too.</summary>
    [Fact]
    public async Task ACredentialThatIsAboutToEnd_IsWarnedOf_WithTheCommandThatReplacesIt()
    {
        var ends = TimeProvider.System.GetUtcNow().AddDays(3);
        await using (var store = new SqliteStore(Path.Combine(_folder.Data, "store")))
        {
            await store.PrepareAsync([Id<Tenant>.Parse("demo")], CancellationToken.None);
            await store.AddCredentialAsync(
                new CredentialRecord
                {
                    Id = "ending2345",
                    Tenant = Id<Tenant>.Parse("demo"),
                    Workspace = Id<Workspace>.Parse("main"),
                    Agent = Id<Agent>.Parse("assistant"),
                    Kind = CredentialKind.Bearer,
                    KeyVersion = 1,
                    Material = "material",
                    CreatedAt = ends.AddDays(-90),
                    ExpiresAt = ends,
                },
                CancellationToken.None
            );
        }

        var found = Checks((await _folder.RunAsync("doctor --json")).Ended(0))
            .Single(check => check.GetProperty("name").GetString() == "credentials");
        Assert.Equal("warn", found.GetProperty("status").GetString());
        Assert.Contains("rotate --tenant demo --id ending2345", found.GetRawText(), StringComparison.Ordinal);
        var list = (await _folder.RunAsync("agents credentials list --tenant demo")).Ended(0);
        Assert.Contains("demo.ending2345 of 'assistant' expires soon", list.Error, StringComparison.Ordinal);

        (await _folder.RunAsync("agents credentials rotate --tenant demo --id ending2345")).Ended(0);
        Assert.DoesNotContain(
            "expires soon",
            (await _folder.RunAsync("agents credentials list --tenant demo")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task ACollectorThatIsNotThere_IsAWarning_AndOneThatIsPasses()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _folder.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{listener.LocalEndpoint}";
        _folder.Settings["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"] = $"http://127.0.0.1:{FreePort.Next()}/v1/logs";

        Assert.Equal(["pass", "warn"], Telemetry((await _folder.RunAsync("doctor --json")).Ended(0)));

        _folder.Settings["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"] = "grpc://127.0.0.1";
        var run = (await _folder.RunAsync("doctor --json")).Ended(2);
        Assert.Equal(["pass"], Telemetry(run));
        Assert.Equal(["settings"], Failed(run));

        static IEnumerable<string?> Telemetry(CommandRun run) =>
            Checks(run)
                .Where(check => check.GetProperty("name").GetString() == "telemetry")
                .Select(check => check.GetProperty("status").GetString());
    }

    [Fact]
    public async Task EveryThingThatIsWrong_IsSaidAtOnce_WithItsRemedy()
    {
        _folder.Settings["Gateway__Data__Paht"] = "x";
        _folder.Settings["BEARER_KEY_PEPPER"] = "not a key";
        await File.WriteAllTextAsync(Path.Combine(_folder.Governance, "wrong.yaml"), "apiVersion: gateway/v1\nkind: Nothing\n");

        var run = (await _folder.RunAsync("doctor --json")).Ended(2);

        Assert.Superset(new HashSet<string> { "settings", "keys", "governance" }, Failed(run));
        Assert.All(
            Checks(run).Where(check => check.GetProperty("status").GetString() == "fail"),
            check => Assert.NotEmpty(check.GetProperty("fix_command").GetString()!)
        );
        Assert.Contains("wrong.yaml:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Paht", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not a key", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeyFileThatOthersCanRead_Fails()
    {
        var settings = (await _folder.RunAsync("keys init --dir mounted --json")).Ended(0).Data().GetProperty("settings");
        foreach (var setting in settings.EnumerateObject())
        {
            _folder.Settings.Remove(setting.Name.Replace("_FILE", "", StringComparison.Ordinal));
            _folder.Settings[setting.Name] = setting.Value.GetString()!;
        }

        (await _folder.RunAsync("doctor --json")).Ended(0);
        if (OperatingSystem.IsWindows())
        {
            return; // It has no such modes.
        }

        var file = settings.EnumerateObject().First().Value.GetString()!;
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var run = (await _folder.RunAsync("doctor --json")).Ended(2);
        Assert.Equal(["key_files"], Failed(run));
        Assert.Contains($"chmod 600 {file}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecretsUnderAKeyThatIsGone_Fail()
    {
        await _folder.RunAsync("vault put --tenant demo --path crm --field token", "value");
        _folder.Settings["DATA_ENCRYPTION_KEY"] = KeyGenerator.Generate()[0].Value.Reveal();

        Assert.Equal(["vault"], Failed((await _folder.RunAsync("doctor --json")).Ended(2)));
    }

    [Fact]
    public async Task AForeignServerOnThePort_Fails()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        _folder.Settings["ASPNETCORE_URLS"] = $"http://{other.LocalEndpoint}";

        Assert.Equal(["port"], Failed((await _folder.RunAsync("doctor --json")).Ended(2)));
    }

    [Fact]
    public async Task WhereNothingSaysWhereToListen_ItLooksWhereAnInstanceWould()
    {
        _folder.Settings.Remove("ASPNETCORE_URLS");
        _folder.Settings["ASPNETCORE_HTTP_PORTS"] = "1"; // Images with .NET say so, and an instance doesn't go by it.

        var port = Checks(await _folder.RunAsync("doctor --json")).Single(check => check.GetProperty("name").GetString() == "port");

        Assert.Contains("http://127.0.0.1:8080", port.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutItsRedis_TheSharedStateFails()
    {
        _folder.Settings["Gateway__State__Kind"] = "redis";
        _folder.Settings["Gateway__State__Endpoints__0"] = $"127.0.0.1:{FreePort.Next()}";

        Assert.Equal(["shared_state"], Failed((await _folder.RunAsync("doctor --json")).Ended(2)));
    }

    [Fact]
    public async Task WithARedisThatForgetsNothing_TheClocksAreCompared()
    {
        await using var redis = await RedisServer.StartAsync();
        _folder.Settings["Gateway__State__Kind"] = "redis";
        _folder.Settings["Gateway__State__Endpoints__0"] = redis.Endpoint;

        var run = (await _folder.RunAsync("doctor --json")).Ended(0);
        var state = Assert.Single(Checks(run), check => check.GetProperty("name").GetString() == "shared_state");
        Assert.Contains("clock", state.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithARedisThatIsFull_TheSharedStateFails_AndSaysSo()
    {
        await using var redis = await RedisServer.StartAsync("--maxmemory", "1");
        _folder.Settings["Gateway__State__Kind"] = "redis";
        _folder.Settings["Gateway__State__Endpoints__0"] = redis.Endpoint;

        var run = (await _folder.RunAsync("doctor --json")).Ended(2);
        Assert.Equal(["shared_state"], Failed(run));
        var state = Assert.Single(Checks(run), check => check.GetProperty("name").GetString() == "shared_state");
        Assert.Contains("Raise 'maxmemory'", state.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AJournalSignedByAKeyThatIsGone_Fails()
    {
        var log = Gateway.Evidence.Log.JournalLog.Open(
            new Gateway.Evidence.Log.JournalOptions { Root = Path.Combine(_folder.Data, "journal") },
            Gateway.Policy.Model.Id<Gateway.Policy.Model.Tenant>.Parse("demo"),
            new Gateway.Evidence.Signing.LogKeys(Gateway.Evidence.Signing.Ed25519PrivateKey.Create(), []),
            TimeProvider.System
        );
        await log.AppendAsync(
            new Gateway.Evidence.Records.ChangeRecord
            {
                Kind = GovernedChange.LifecycleSet,
                Subject = "assistant",
                Revision = "1",
            },
            Gateway.Evidence.Log.Durability.Written,
            CancellationToken.None
        );
        await log.DisposeAsync();

        Assert.Equal(["journal"], Failed((await _folder.RunAsync("doctor --json")).Ended(2)));
    }

    private static List<JsonElement> Checks(CommandRun run) => [.. run.Data().GetProperty("checks").EnumerateArray()];

    private static HashSet<string> Failed(CommandRun run) =>
        [
            .. Checks(run)
                .Where(check => check.GetProperty("status").GetString() == "fail")
                .Select(check => check.GetProperty("name").GetString()!),
        ];
}
