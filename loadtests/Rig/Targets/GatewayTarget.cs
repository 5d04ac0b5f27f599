using System.Diagnostics;
using System.Globalization;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.LoadTests.Client;
using Gateway.LoadTests.Scenarios;
using Gateway.Policy.Model;

namespace Gateway.LoadTests.Targets;

/// <summary>
/// Starts the gateway command as its operator would: keys, secrets, credentials, governance, then <c>gateway serve</c> with the defaults.
/// </summary>
internal static class GatewayTarget
{
    /// <value>Keeps a file under the 4 MiB that Gateway reads.</value>
    public const int DocumentsAFile = 5000;

    private static readonly Id<Tenant> Tenant = Id<Tenant>.Parse(LoadGovernance.Tenant);

    /// <param name="command">The gateway.dll that is started.</param>
    /// <param name="folder">For its data; on the disk that is to be measured.</param>
    /// <param name="documents">A list for each file.</param>
    /// <param name="settings">Beyond the defaults, as on its command line.</param>
    public static async Task<Target> StartAsync(
        string command,
        string folder,
        IEnumerable<string[]> documents,
        bool redis,
        params string[] settings
    )
    {
        Directory.CreateDirectory(Path.Combine(folder, "governance"));
        foreach (var (i, file) in documents.Index())
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "governance", $"load-{i}.yaml"), string.Join("\n---\n", file));
        }

        var keys = KeyGenerator.Generate().ToDictionary(key => key.Setting, key => (string?)key.Value.Reveal());
        var journal = Path.Combine(folder, "journal");
        var agents = await PrepareAsync(folder, KeyLoader.Load(keys, createMissing: false, folder).Keys!);
        var store = redis ? await RedisAsync(folder) : default;
        List<ChildProcess> processes = redis ? [store.Process] : [];
        try
        {
            var address = Ports.FreeAddress();
            string[] state = redis
                ?
                [
                    "--Gateway:State:Kind=redis",
                    string.Create(CultureInfo.InvariantCulture, $"--Gateway:State:Endpoints:0=127.0.0.1:{store.Port}"),
                ]
                : [];
            var start = new ProcessStartInfo(
                "dotnet",
                [
                    command,
                    "serve",
                    "--urls",
                    address.GetLeftPart(UriPartial.Authority),
                    $"--Gateway:Data:Path={folder}",
                    $"--Gateway:Journal:Root={journal}",
                    "--Gateway:Administration:Urls=",
                    $"--Gateway:Governance:Path={Path.Combine(folder, "governance")}",
                    .. state,
                    .. settings,
                ]
            )
            {
                WorkingDirectory = folder,
            };
            foreach (var (setting, key) in keys)
            {
                start.Environment[setting] = key;
            }

            processes.Insert(0, await ChildProcess.StartAsync(start, address.Port));
            return new Target(redis ? TargetName.Redis : TargetName.Embedded, address, processes)
            {
                Agents = agents,
                Journal = journal,
                Governance = Path.Combine(folder, "governance"),
            };
        }
        catch
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }

            throw;
        }
    }

    private static async Task<(ChildProcess Process, int Port)> RedisAsync(string folder)
    {
        var port = Ports.FreeAddress().Port;
        var start = new ProcessStartInfo(
            ToolPath.Find("redis-server")!,
            [
                "--port",
                port.ToString(CultureInfo.InvariantCulture),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--maxmemory",
                "512mb",
                "--maxmemory-policy",
                "noeviction",
            ]
        )
        {
            WorkingDirectory = folder,
        };
        return (await ChildProcess.StartAsync(start, port), port);
    }

    private static async Task<IReadOnlyDictionary<string, AgentKeys>> PrepareAsync(string folder, GatewayKeys keys)
    {
        var envelope = new Envelope(keys.DataEncryption);
        var vault = new EncryptedFileVault(Path.Combine(folder, "vault"), envelope);
        foreach (var reference in new[] { "vault://local/openai#key", "vault://local/crm#token" })
        {
            _ = CredentialReference.TryParse(reference, out var parsed);
            await vault.PutAsync(Tenant, parsed!, new Secret("upstream-credential-of-the-load-test"), CancellationToken.None);
        }

        await using var store = new SqliteStore(Path.Combine(folder, "store"));
        await store.PrepareAsync([Tenant], CancellationToken.None);
        var agents = new Dictionary<string, AgentKeys>();
        foreach (var name in new[] { Scenario.Busy, Scenario.Streamer })
        {
            var signing = await IssueAsync(store, envelope, keys, name, CredentialKind.HmacSha256);
            var bearer = await IssueAsync(store, envelope, keys, name, CredentialKind.Bearer);
            _ = AgentKeyText.TryParse(signing.ShownOnce!.Reveal(), out var secret);
            var derived = RuntimeKeyDerivation.Derive(secret.Secret, Tenant, Id<Agent>.Parse(name), signing.Record.KeyVersion);
            agents[name] = new AgentKeys(
                LoadGovernance.Tenant,
                LoadGovernance.Workspace,
                name,
                signing.KeyId,
                derived,
                bearer.ShownOnce!.Reveal()
            );
        }

        return agents;
    }

    private static async Task<IssuedCredential> IssueAsync(
        SqliteStore store,
        Envelope envelope,
        GatewayKeys keys,
        string agent,
        CredentialKind kind
    )
    {
        var order = new CredentialOrder
        {
            Tenant = Tenant,
            Workspace = Id<Workspace>.Parse(LoadGovernance.Workspace),
            Agent = Id<Agent>.Parse(agent),
            Kind = kind,
        };
        if (!new CredentialIssuer(envelope, keys.BearerPepper, TimeProvider.System).TryIssue(order, out var issued, out var error))
        {
            throw new TargetException(error);
        }

        await store.AddCredentialAsync(issued!.Record, CancellationToken.None);
        return issued;
    }
}
