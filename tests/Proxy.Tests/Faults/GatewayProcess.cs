using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// The gateway command as a process of its own, in production with embedded state, to be killed, starved and started again on the same
/// data.
/// </summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder;
    private readonly Dictionary<string, string?> _keys = KeyGenerator
        .Generate()
        .ToDictionary(k => k.Setting, k => (string?)k.Value.Reveal());
    private readonly GatewayKeys _opened;
    private readonly StringBuilder _said = new();
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly GatewayProcess? _first;
    private Process? _process;

    public GatewayProcess(Uri provider)
    {
        _folder = new();
        Directory.CreateDirectory(Governance);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "governance"), "*.yaml"))
        {
            File.WriteAllText(
                Path.Combine(Governance, Path.GetFileName(file)),
                File.ReadAllText(file).Replace("127.0.0.1:8081", provider.Authority, StringComparison.Ordinal)
            );
        }

        Unlimited.Make(Governance);
        _opened = KeyLoader.Load(_keys, createMissing: false, Data).Keys!;
    }

    private GatewayProcess(GatewayProcess first) => (_first, _folder, _keys, _opened) = (first, first._folder, first._keys, first._opened);

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    /// <value>The name of its data folder.</value>
    public string Volume { get; init; } = "data";

    public string Data => _folder.File(Volume);

    public string Governance => _folder.File("governance");

    /// <summary>More variables for the next start.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public string Journal { get; init; } = "";

    /// <value>A command that starts what stands behind it in its own place, such as one that sets limits.</value>
    public IReadOnlyList<string> Under { get; init; } = [];

    public string JournalPath => Journal.Length > 0 ? Journal : Path.Combine(Data, "journal");

    /// <summary>Written to its output and error since the last start.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public int Id => _process!.Id;

    /// <summary>Bytes of memory that it holds.</summary>
    public long Resident => MemoryOf("VmRSS:");

    /// <value>What it has taken of the processor since its start.</value>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most that it ever held.</summary>
    public long MostResident => MemoryOf("VmHWM:");

    /// <value>Whether none of its threads runs until it is told to go on (proc(5): state T).</value>
    public bool IsStopped =>
        Directory
            .EnumerateDirectories($"/proc/{Id}/task")
            .All(thread =>
                File.ReadLines(Path.Combine(thread, "status")).Any(line => line.StartsWith("State:\tT", StringComparison.Ordinal))
            );

    /// <summary>What its journal is signed with.</summary>
    public LogKeys LogKeys => LogSigningKeys.Of(_opened.LogSigning);

    /// <summary>Stores the sample secrets and issues credentials, as an operator would before the first start.</summary>
    /// <param name="time">The signer's clock; null for the machine's.</param>
    public async Task<(RequestSigner Signer, string Bearer)> PrepareAsync(TimeProvider? time = null)
    {
        var envelope = new Envelope(_opened.DataEncryption);
        var vault = new EncryptedFileVault(Path.Combine(Data, "vault"), envelope);
        foreach (
            var (reference, value) in new[]
            {
                ("vault://local/openai#key", RunningStandIn.OpenAiKey),
                ("vault://local/crm#token", RunningStandIn.CrmToken),
            }
        )
        {
            Assert.True(CredentialReference.TryParse(reference, out var parsed));
            await vault.PutAsync(RunningGateway.Demo, parsed!, new Secret(value), CancellationToken.None);
        }

        return await PrepareAsync(new SqliteStore(Path.Combine(Data, "store")), time);
    }

    /// <summary>The same for replicas that share no folder: in a PostgreSQL, and with the secrets in files that are mounted.</summary>
    public async Task<(RequestSigner Signer, string Bearer)> PrepareSharedAsync(PostgresServer postgres, string database)
    {
        _keys["POSTGRES_PASSWORD"] = PostgresServer.Password; // A command line would show it to everybody.
        Directory.CreateDirectory(Path.Combine(Secrets, "demo"));
        await File.WriteAllTextAsync(Path.Combine(Secrets, "demo", "openai"), $$"""{"key":"{{RunningStandIn.OpenAiKey}}"}""");
        await File.WriteAllTextAsync(Path.Combine(Secrets, "demo", "crm"), $$"""{"token":"{{RunningStandIn.CrmToken}}"}""");
        var connectors = Path.Combine(Governance, "connectors.yaml");
        var shared = (await File.ReadAllTextAsync(connectors)).Replace("vault://local/", "vault://files/", StringComparison.Ordinal);
        await File.WriteAllTextAsync(connectors, shared);
        return await PrepareAsync(
            new PostgresStore(
                new PostgresOptions
                {
                    ConnectionString = postgres.Connection(database),
                    Password = PostgresServer.Password,
                    WriteDeadline = TimeSpan.FromSeconds(30),
                }
            ),
            time: null
        );
    }

    /// <summary>Where secrets lie that all replicas are given.</summary>
    public string Secrets => _folder.File("secrets");

    private async Task<(RequestSigner Signer, string Bearer)> PrepareAsync(SqlStore opened, TimeProvider? time)
    {
        await using var store = opened;
        var envelope = new Envelope(_opened.DataEncryption);
        await store.PrepareAsync([RunningGateway.Demo], CancellationToken.None);
        var signing = await IssueAsync(store, envelope, CredentialKind.HmacSha256, "assistant");
        Assert.True(AgentKeyText.TryParse(signing.ShownOnce!.Reveal(), out var key));
        var agent = Id<Agent>.Parse("assistant");
        var derived = RuntimeKeyDerivation.Derive(key.Secret, RunningGateway.Demo, agent, signing.Record.KeyVersion);
        var identity = new SigningIdentity(RunningGateway.Demo, RunningGateway.Main, agent);
        var bearer = await IssueAsync(store, envelope, CredentialKind.Bearer, "assistant");
        return (
            new RequestSigner(new HmacSigningKey(signing.KeyId, derived), identity, time ?? TimeProvider.System),
            bearer.ShownOnce!.Reveal()
        );
    }

    /// <param name="reference">Such as <c>vault://local/desk#signing</c>.</param>
    public async Task PutSecretAsync(string reference, string value)
    {
        Assert.True(CredentialReference.TryParse(reference, out var parsed));
        var vault = new EncryptedFileVault(Path.Combine(Data, "vault"), new Envelope(_opened.DataEncryption));
        await vault.PutAsync(RunningGateway.Demo, parsed!, new Secret(value), CancellationToken.None);
    }

    /// <summary>A bearer key of another agent; the store is there already.</summary>
    public async Task<string> NewBearerAsync(string agent)
    {
        await using var store = new SqliteStore(Path.Combine(Data, "store"));
        return (await IssueAsync(store, new Envelope(_opened.DataEncryption), CredentialKind.Bearer, agent)).ShownOnce!.Reveal();
    }

    /// <summary>Another with the same keys, governance and data but for the journal.</summary>
    public GatewayProcess Replica() => new(this) { Journal = Path.Combine(Data, "journal-of-another") };

    /// <summary>Another with the same keys and governance, and a data folder of its own.</summary>
    public GatewayProcess OnAnotherVolume(string name = "data-of-another") => new(this) { Volume = name };

    /// <summary>Starts it and returns when it is ready.</summary>
    public async Task<TimeSpan> StartAsync(params string[] settings)
    {
        Launch(settings);
        return await Waiting.ForAsync(
            "the gateway is ready",
            async () =>
            {
                Assert.False(_process!.HasExited, Said);
                return await StatusAsync("/readyz") == 200;
            }
        );
    }

    /// <summary>Starts it where it should refuse to; returns when it has ended.</summary>
    public async Task<int> StartInVainAsync(IReadOnlyDictionary<string, string?> changes, params string[] settings)
    {
        foreach (var (name, value) in changes)
        {
            _keys[name] = value;
        }

        Launch(settings);
        await _process!.WaitForExitAsync().WaitAsync(Waiting.Deadline);
        return _process.ExitCode;
    }

    /// <summary>0 where nothing answers.</summary>
    public async Task<int> StatusAsync(string path)
    {
        try
        {
            using var response = await _client
                .SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path)), CancellationToken.None)
                .WaitAsync(Waiting.Deadline);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>What it answers, whatever its status.</summary>
    public async Task<string> TextAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        using var response = await _client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);
        return await response.Content.ReadAsStringAsync().WaitAsync(Waiting.Deadline);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Signal("TERM");

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> EndedAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Waiting.Deadline);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        _client.Dispose();
        if (_first is null)
        {
            _folder.Dispose(); // The others' data is in it, too.
        }
    }

    private long MemoryOf(string name)
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private void Launch(string[] settings)
    {
        _process?.Dispose();
        string[] command = [.. Under, "dotnet"];
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var name in start
                .Environment.Keys.Where(k =>
                    k.EndsWith("_KEY", StringComparison.Ordinal) || k.EndsWith("ENVIRONMENT", StringComparison.Ordinal)
                )
                .ToList()
        )
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in _keys.Where(k => k.Value is not null))
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        string[] own =
        [
            GatewayProgram.Path,
            "serve",
            "--urls",
            Address.ToString().TrimEnd('/'),
            $"--Gateway:Data:Path={Data}",
            $"--Gateway:Governance:Path={Governance}",
            $"--Gateway:Journal:Root={JournalPath}",
            "--Gateway:Identity:AllowedClockSkew=00:00:00",
            "--Gateway:Administration:Urls=", // Several run at once.
            "--Logging:LogLevel:Default=Warning",
        ];
        foreach (var argument in command.Skip(1).Concat(own).Concat(settings))
        {
            start.ArgumentList.Add(argument);
        }

        lock (_said)
        {
            _said.Clear();
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Note;
        _process.ErrorDataReceived += Note;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.AppendLine(line.Data);
        }
    }

    private async Task<IssuedCredential> IssueAsync(SqlStore store, Envelope envelope, CredentialKind kind, string agent)
    {
        var issuer = new CredentialIssuer(envelope, _opened.BearerPepper, TimeProvider.System);
        var order = new CredentialOrder
        {
            Tenant = RunningGateway.Demo,
            Workspace = RunningGateway.Main,
            Agent = Id<Agent>.Parse(agent),
            Kind = kind,
        };
        Assert.True(issuer.TryIssue(order, out var issued, out var error), error);
        await store.AddCredentialAsync(issued!.Record, CancellationToken.None);
        return issued;
    }
}
