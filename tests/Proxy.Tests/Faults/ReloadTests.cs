using Gateway.Proxy.Configuration;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Governance changes under a running gateway.</summary>
public sealed class ReloadTests : IAsyncLifetime
{
    private RunningStandIn _provider = null!;
    private RunningGateway _gateway = null!;

    private string Permissions => Path.Combine(_gateway.GovernancePath, "permissions.yaml");

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        _gateway = await RunningGateway.StartAsync(_provider.Address, settings: ["--Gateway:Governance:PollInterval=00:00:00.1"]);
        Unlimited.Make(_gateway.GovernancePath);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_changed_permission_counts_without_a_restart_and_drops_no_request()
    {
        var (signer, bearer) = (await _gateway.NewSignerAsync("assistant"), await _gateway.NewBearerAsync("assistant"));
        Assert.Equal(200, (await _gateway.SignedAsync(signer)).Status);
        await using var load = new Load(_gateway.Address, signer, bearer, clients: 4, TimeSpan.FromMilliseconds(10));
        await load.SucceedsAsync(5);
        var sent = await _provider.CountAsync();
        using var running = await _gateway.EndlessAsync(bearer);

        var before = await File.ReadAllTextAsync(Permissions);
        await ReplaceAsync(
            before.Replace("[list-contacts, get-contact, create-note", "[list-contacts, create-note", StringComparison.Ordinal)
        );
        await Waiting.ForAsync("the tool is refused", () => load.Calls.Any(c => c.Code == "tool_not_permitted"));
        Assert.NotEqual(0, await running.ReadAsync(new byte[64])); // What runs keeps the governance that it was judged by.
        await ReplaceAsync(before);
        await load.SucceedsAsync(5);
        await load.EndAsync();

        Assert.All(
            load.Calls,
            c => Assert.True(c.Succeeded || c is { Signed: true, Status: 403, Code: "tool_not_permitted" }, c.ToString())
        );
        Assert.True(await _provider.CountAsync() > sent);
    }

    [Fact]
    public async Task The_documents_of_the_start_are_not_compiled_a_second_time()
    {
        await using var gateway = await RunningGateway.StartAsync(
            _provider.Address,
            settings: ["--Gateway:Governance:PollInterval=00:01:00"]
        );
        var (state, reload) = (
            gateway.Services.GetRequiredService<GovernanceState>(),
            gateway.Services.GetRequiredService<GovernanceReload>()
        );
        var first = state.Current;

        await reload.LookAgainAsync(CancellationToken.None);
        Assert.Same(first, state.Current);

        Unlimited.Make(gateway.GovernancePath);
        await reload.LookAgainAsync(CancellationToken.None);
        Assert.NotSame(first, state.Current);
    }

    [Fact]
    public async Task A_broken_document_changes_nothing_but_what_readiness_says_until_it_is_mended()
    {
        var bearer = await _gateway.NewBearerAsync("assistant");
        var state = _gateway.Services.GetRequiredService<GovernanceState>();
        await Waiting.ForAsync("the first documents are in force", async () => (await _gateway.ReadinessAsync()).Status == 200);
        var before = await File.ReadAllTextAsync(Permissions);
        await ReplaceAsync(before + "\nnonsense: [");

        await Waiting.ForAsync("it shows", async () => !(await _gateway.ReadinessAsync()).Checks.GetProperty("governance").GetBoolean());
        Assert.Equal((200, "degraded"), await StatusAsync());
        Assert.Equal("permissions.yaml", Assert.Single(state.Rejected.Select(e => e.Position.File).Distinct()));
        Assert.Equal(200, (await _gateway.ChatAsync(bearer)).Status);

        await ReplaceAsync(before);
        await Waiting.ForAsync("it is mended", async () => await StatusAsync() == (200, "ok"));
    }

    [Theory]
    [InlineData("status: suspended", "stopped by its document")]
    [InlineData("status: retired", "retired by its document")]
    public async Task An_agent_that_its_document_stops_has_its_running_streams_ended(string status, string what)
    {
        var bearer = await _gateway.NewBearerAsync("assistant");
        using var running = await _gateway.EndlessAsync(bearer);
        var agents = Path.Combine(_gateway.GovernancePath, "agents.yaml");
        var before = await File.ReadAllTextAsync(agents);
        await File.WriteAllTextAsync(agents + ".new", before.Replace("status: active", status, StringComparison.Ordinal));
        File.Move(agents + ".new", agents, overwrite: true);

        Assert.True((await running.RestAsync()).Contains("killed", StringComparison.Ordinal), what);
        Assert.Equal((403, "agent_not_active"), await _gateway.ChatAsync(bearer));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("gone")]
    public async Task A_folder_without_documents_is_not_taken_for_governance(string how)
    {
        var bearer = await _gateway.NewBearerAsync("assistant");
        Directory.Move(_gateway.GovernancePath, _gateway.GovernancePath + ".away");
        if (how == "empty")
        {
            Directory.CreateDirectory(_gateway.GovernancePath);
        }

        await Waiting.ForAsync("it shows", async () => !(await _gateway.ReadinessAsync()).Checks.GetProperty("governance").GetBoolean());
        Assert.Equal(200, (await _gateway.ChatAsync(bearer)).Status);
        if (how == "empty")
        {
            Directory.Delete(_gateway.GovernancePath);
        }

        Directory.Move(_gateway.GovernancePath + ".away", _gateway.GovernancePath);
        await Waiting.ForAsync("it is mended", async () => await StatusAsync() == (200, "ok"));
    }

    [PipeFact]
    public async Task Documents_that_can_not_be_read_to_their_end_show_in_readiness_until_they_can()
    {
        var bearer = await _gateway.NewBearerAsync("assistant");
        var pipe = Path.Combine(_gateway.GovernancePath, "hangs.yaml");
        Assert.True(PipeFactAttribute.Make(pipe));
        await Waiting.ForAsync("it shows", async () => !(await _gateway.ReadinessAsync()).Checks.GetProperty("governance").GetBoolean());
        Assert.Equal(200, (await _gateway.ChatAsync(bearer)).Status);

        await using (new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite)) // Whose closing is the end of what is read.
        {
            File.Delete(pipe);
        }

        await Waiting.ForAsync("it is mended", async () => await StatusAsync() == (200, "ok"));
    }

    [Fact]
    public async Task A_new_tenant_has_its_store_and_journal_before_it_is_in_force()
    {
        var state = _gateway.Services.GetRequiredService<GovernanceState>();
        await File.WriteAllTextAsync(
            Path.Combine(_gateway.GovernancePath, "second.yaml"),
            "apiVersion: gateway/v1\nkind: Tenant\nmetadata:\n  name: second\nspec:\n  rate: {requests: 10, period: 1m}\n"
        );
        await Waiting.ForAsync(
            "the tenant is in force",
            () => state.Current.Tenants.Any(t => t.ToString() == "second") || state.Rejected.Count > 0
        );

        Assert.Empty(state.Rejected);
        Assert.True(File.Exists(Path.Combine(_gateway.DataPath, "store", "second.db")));
        Assert.Single(Directory.GetDirectories(Path.Combine(_gateway.JournalPath, "second")));
    }

    [Fact]
    public async Task A_new_tenant_that_cannot_be_made_ready_does_not_come_into_force()
    {
        var state = _gateway.Services.GetRequiredService<GovernanceState>();
        var place = Path.Combine(_gateway.JournalPath, "second");
        await File.WriteAllTextAsync(place, "a file where its journal should be");
        await File.WriteAllTextAsync(
            Path.Combine(_gateway.GovernancePath, "second.yaml"),
            "apiVersion: gateway/v1\nkind: Tenant\nmetadata:\n  name: second\nspec:\n  rate: {requests: 10, period: 1m}\n"
        );
        await Waiting.ForAsync("it is rejected", () => state.Rejected.Count > 0);
        Assert.DoesNotContain(state.Current.Tenants, t => t.ToString() == "second");

        File.Delete(place);
        await Waiting.ForAsync("it comes into force", () => state.Current.Tenants.Any(t => t.ToString() == "second"));
    }

    /// <summary>In one step, as a proper editor or a mounted ConfigMap does it.</summary>
    private async Task ReplaceAsync(string text)
    {
        await File.WriteAllTextAsync(Permissions + ".new", text);
        File.Move(Permissions + ".new", Permissions, overwrite: true);
    }

    private async Task<(int, string?)> StatusAsync()
    {
        var (status, checks) = await _gateway.ReadinessAsync();
        return (status, checks.GetProperty("status").GetString());
    }
}
