using System.Diagnostics;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// A source of credentials fails in every way: what needs it is refused and on record, nothing is sent, and other connectors go on.
/// </summary>
public sealed class VaultFaultTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _mounted = new();
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;
    private RequestSigner _signer = null!;
    private string _bearer = "";

    private string Mounted => Path.Combine(_mounted.Path, "demo", "crm");

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _gateway = await RunningGateway.StartAsync(
            _provider.Address,
            settings:
            [
                $"--Gateway:Credentials:MountedFiles={_mounted.Path}",
                "--Gateway:Credentials:Cache=00:00:00",
                "--Gateway:Credentials:Deadline=00:00:00.5",
                "--Gateway:Governance:PollInterval=00:00:00.1",
            ]
        );
        (_signer, _bearer) = (await _gateway.NewSignerAsync("assistant"), await _gateway.NewBearerAsync("assistant"));
        Assert.Equal(200, (await _gateway.SignedAsync(_signer)).Status);
        var connectors = Path.Combine(_gateway.GovernancePath, "connectors.yaml");
        await File.WriteAllTextAsync(
            connectors,
            (await File.ReadAllTextAsync(connectors)).Replace("vault://local/crm#token", "vault://files/crm", StringComparison.Ordinal)
        );
        Directory.CreateDirectory(Path.GetDirectoryName(Mounted)!);
        await File.WriteAllTextAsync(Mounted, RunningStandIn.CrmToken + "\n");
        var state = _gateway.Services.GetRequiredService<Proxy.Configuration.GovernanceState>();
        await Waiting.ForAsync(
            "the mounted secret is used",
            () => state.Current.Find(RunningGateway.Demo)!.Connectors.Values.Any(c => c.Credential?.Reference.Provider == "files")
        );
        Assert.Equal(200, (await _gateway.SignedAsync(_signer)).Status);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
        _mounted.Dispose();
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("down")]
    [InlineData("empty")]
    [InlineData("line break")]
    [InlineData("other tenant's")]
    public async Task A_secret_that_cannot_be_had_refuses_and_is_recorded_while_others_go_on(string how)
    {
        Break(how);
        await RefusedAsync();
        Mend();
        Assert.Equal(200, (await _gateway.SignedAsync(_signer)).Status);
    }

    [Fact]
    public async Task A_source_that_hangs_refuses_within_its_deadline()
    {
        File.Delete(Mounted);
        using var pipe = Process.Start("mkfifo", Mounted);
        await pipe.WaitForExitAsync();
        try
        {
            await RefusedAsync();
        }
        finally
        {
            // Lets the thread go that waits for a writer.
            await using var end = new FileStream(Mounted, FileMode.Open, FileAccess.ReadWrite);
        }
    }

    [Fact]
    public async Task A_vault_sealed_under_another_key_refuses()
    {
        var keys = KeyGenerator.Generate().ToDictionary(k => k.Setting, k => (string?)k.Value.Reveal());
        var other = new EncryptedFileVault(
            Path.Combine(_gateway.DataPath, "vault"),
            new Envelope(KeyLoader.Load(keys, createMissing: false, "").Keys!.DataEncryption)
        );
        Assert.True(CredentialReference.TryParse("vault://local/openai#key", out var reference));
        await other.PutAsync(RunningGateway.Demo, reference!, new Secret("stolen"), CancellationToken.None);
        Assert.Equal((503, "credential_unavailable"), await _gateway.ChatAsync(_bearer));
        Assert.Equal(200, (await _gateway.SignedAsync(_signer)).Status);
    }

    private async Task RefusedAsync()
    {
        var sent = await _provider.CountAsync();
        using var response = await _gateway
            .SendSignedAsync(_signer, () => _gateway.Request(HttpMethod.Get, "/tools/crm/contacts/c-1"))
            .WaitAsync(Waiting.Deadline);
        Assert.Equal((503, "credential_unavailable"), ((int)response.StatusCode, Call.CodeOf(await response.Content.ReadAsStringAsync())));
        Assert.Equal(sent, await _provider.CountAsync());

        var id = response.Headers.GetValues("Gateway-Decision-Id").Single();
        var outcome = JournalRecords.Read(_gateway.JournalPath).Of("outcome").Single(o => o.GetProperty("decision_id").GetString() == id);
        Assert.Equal("refused", outcome.GetProperty("status").GetString());
        Assert.Equal("credential_unavailable", outcome.GetProperty("reason").GetString());
        Assert.Equal(200, (await _gateway.ChatAsync(_bearer)).Status);
    }

    private void Break(string how)
    {
        switch (how)
        {
            case "down":
                Directory.Move(_mounted.Path, _mounted.Path + ".away");
                break;
            case "empty":
                File.WriteAllText(Mounted, "");
                break;
            case "line break":
                File.WriteAllText(Mounted, RunningStandIn.CrmToken + "\r\nx-injected: yes");
                break;
            case "other tenant's":
                Directory.CreateDirectory(Path.Combine(_mounted.Path, "other"));
                File.Move(Mounted, Path.Combine(_mounted.Path, "other", "crm"));
                File.CreateSymbolicLink(Mounted, Path.Combine(_mounted.Path, "other", "crm"));
                break;
            default:
                File.Delete(Mounted);
                break;
        }
    }

    private void Mend()
    {
        if (Directory.Exists(_mounted.Path + ".away"))
        {
            Directory.Move(_mounted.Path + ".away", _mounted.Path);
        }

        File.Delete(Mounted);
        File.WriteAllText(Mounted, RunningStandIn.CrmToken);
    }
}
