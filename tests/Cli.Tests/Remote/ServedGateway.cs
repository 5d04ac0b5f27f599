using System.Diagnostics;
using System.Net;
using System.Text;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Remote;

/// <summary>
/// The built command serving as a process, with its operators' listener in the clear on this machine and over TLS. What works on it runs in
/// a folder of its own, where nothing of an instance is set up.
/// </summary>
public class ServedGateway : IAsyncLifetime
{
    public const string Password = "correct horse battery";
    private static readonly Id<Tenant> Demo = Id<Tenant>.Parse("demo");
    private static readonly ChangeOrigin Origin = new("os:test", "here", "");

    private readonly CommandFolder _folder = new();
    private readonly StringBuilder _log = new();
    private readonly IPAddress _address;
    private Process? _server;

    public ServedGateway()
        : this(IPAddress.Loopback) { }

    /// <param name="address">Where it listens over TLS.</param>
    protected ServedGateway(IPAddress address)
    {
        _address = address;
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        SecureAddress = $"https://{address}:{FreePort.Next()}";
    }

    /// <summary>In the clear, on this machine.</summary>
    public string Address { get; }

    public string SecureAddress { get; }

    /// <summary>The agents' doors: a listener, and not the operators'.</summary>
    public string AgentsAddress { get; } = $"http://127.0.0.1:{FreePort.Next()}";

    public string CaFile => _folder.FileOf("ca.pem");

    internal CommandFolder Folder => _folder;

    public async Task InitializeAsync()
    {
        TestCertificates.Write(_folder.Root, _address);
        NameForEmergencies("olga");
        await using (var store = Open().OpenStore())
        {
            await FillAsync(store);
        }

        _server = _folder.Start(
            "serve",
            "--urls",
            AgentsAddress,
            $"--Gateway:Administration:Urls={Address};{SecureAddress}",
            $"--Gateway:Administration:PublicUrl={SecureAddress}",
            $"--Gateway:Administration:Certificate={_folder.FileOf("leaf.pem")}",
            $"--Gateway:Administration:CertificateKey={_folder.FileOf("leaf.key")}"
        );
        _server.OutputDataReceived += Note;
        _server.ErrorDataReceived += Note;
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await IsReadyAsync(client, deadline.Token))
        {
            Assert.False(_server.HasExited, Log());
            await Task.Delay(20, deadline.Token);
        }
    }

    /// <summary>What the store holds before the instance starts.</summary>
    internal virtual Task FillAsync(SqlStore store) => Task.CompletedTask;

    /// <summary>An operator who may sign in with <see cref="Password"/>.</summary>
    internal async Task AddOperatorAsync(string name, OperatorRoles roles, string? person = null)
    {
        var instance = Open();
        await using var store = instance.OpenStore();
        var now = TimeProvider.System.GetUtcNow();
        var record = new OperatorRecord
        {
            Name = name,
            Person = person ?? name,
            Roles = roles,
            BreakGlassUntil = now.AddHours(1),
            Password = await PasswordHash.ComputeAsync(Password, CancellationToken.None),
            At = now,
        };
        var added = await new OperatorStore(store.Databases, Origin).AddAsync(Demo, record, CancellationToken.None);
        Assert.Equal(OperatorOutcome.Done, added);
    }

    internal async Task<string> NewTokenAsync(string name, OperatorRoles roles)
    {
        var instance = Open();
        await using var store = instance.OpenStore();
        var issuer = new OperatorKeyIssuer(instance.LoadKeys().Keys.BearerPepper);
        var now = TimeProvider.System.GetUtcNow();
        var (key, text) = issuer.Issue(Demo, OperatorKeyKind.Token, name, roles, now, TimeSpan.FromDays(1));
        var operators = new OperatorStore(store.Databases, Origin);
        Assert.True(await operators.AddKeyAsync(Demo, key with { Name = $"t-{key.Id}" }, CancellationToken.None));
        return text.Reveal();
    }

    /// <summary>A token of another Gateway: whose it is can be told from it; whether it holds, there alone.</summary>
    internal static string ForeignToken()
    {
        var settings = KeyGenerator.Generate().Select(key => $"--{key.Setting}={key.Value.Reveal()}");
        var keys = LocalInstance.Open(new CommandConfiguration([.. settings])).LoadKeys().Keys;
        var (now, day) = (TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        return new OperatorKeyIssuer(keys.BearerPepper)
            .Issue(Demo, OperatorKeyKind.Token, "ada", OperatorRoles.Viewer, now, day)
            .Text.Reveal();
    }

    /// <summary>Asks people for something, as an agent's call does.</summary>
    /// <returns>The approval's id, and the digest of its view.</returns>
    internal async Task<(string Id, string View)> AskAsync(string note = "late")
    {
        await using var store = Open().OpenStore();
        var now = TimeProvider.System.GetUtcNow();
        var view = $$$"""{"agent":"assistant","arguments":{"note":"{{{note}}}"}}""";
        var record = new ApprovalRecord
        {
            Id = "apr_" + System.Security.Cryptography.RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 26),
            Agent = "assistant",
            Action = note,
            View = view,
            ViewDigest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(view))),
            Gates = ["payments"],
            Needed = 1,
            DecisionId = "d-1",
            At = now,
            Ends = now.AddHours(1),
            TimeToUse = TimeSpan.FromMinutes(15),
        };
        await new ApprovalStore(store.Databases, Origin).AskAsync(Demo, record, most: 1000, CancellationToken.None);
        return (record.Id, record.ViewDigest);
    }

    /// <summary>Everything that the server has written so far.</summary>
    public string Log()
    {
        lock (_log)
        {
            return _log.ToString();
        }
    }

    public virtual async Task DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill();
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        _folder.Dispose();
    }

    private void NameForEmergencies(string person)
    {
        Replace("permissions.yaml", "[cleo, dora]", $"[cleo, dora, {person}]");
        Replace("permissions.yaml", "  quorum: 1\n", "  quorum: 1\n  breakGlass: {groups: [finance]}\n");
        Replace("tenant.yaml", "entitlements: [", "entitlements: [break_glass, ");
    }

    private void Replace(string name, string old, string with)
    {
        var file = Path.Combine(_folder.Governance, name);
        File.WriteAllText(file, File.ReadAllText(file).Replace(old, with, StringComparison.Ordinal));
    }

    private LocalInstance Open() =>
        LocalInstance.Open(
            new CommandConfiguration([
                .. _folder.Settings.Select(one => $"--{one.Key.Replace("__", ":", StringComparison.Ordinal)}={one.Value}"),
                $"--Gateway:Data:Path={_folder.Data}",
                $"--Gateway:Governance:Path={_folder.Governance}",
            ])
        );

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (_log)
        {
            _log.AppendLine(line.Data);
        }
    }

    private async Task<bool> IsReadyAsync(HttpMessageInvoker client, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(AgentsAddress + "/readyz"));
            using var answer = await client.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not open yet.
        }
    }
}
