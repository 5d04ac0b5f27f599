using System.Net;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Approvals;

/// <summary>An action that people must approve, from its refusal to the one time that it is carried out.</summary>
public sealed class ApprovalsTests : ApprovingGateway
{
    [Fact]
    public async Task Approved_action_is_carried_out_once_and_the_record_names_who_approved_it()
    {
        var refused = await PayAsync();
        Assert.Equal((HttpStatusCode.Forbidden, "approval_required"), (refused.Status, refused.Code));
        var asked = Assert.Single(await ListAsync());
        Assert.Contains(asked.Id, refused.Text, StringComparison.Ordinal);
        Assert.Contains("treasury", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await Provider.CountAsync());

        await VoteAsync(asked, "cleo");
        Assert.Equal("approval_required", (await PayAsync()).Code); // One of two.
        await VoteAsync(asked, "os:dora");

        var paid = await PayAsync();
        Assert.Equal(HttpStatusCode.Created, paid.Status);
        var record = Record(paid.DecisionId);
        Assert.Equal("allow", record.GetProperty("verdict").GetString());
        var approval = record.GetProperty("facts").GetProperty("approval");
        Assert.Equal(asked.Id, approval.GetProperty("id").GetString());
        Assert.Equal(["cleo", "os:dora"], approval.GetProperty("people").EnumerateArray().Select(person => person.GetString()));

        var second = await PayAsync();
        Assert.Equal("approval_required", second.Code);
        Assert.DoesNotContain(asked.Id, second.Text, StringComparison.Ordinal);
        Assert.Equal(1, await Provider.CountAsync());
        Assert.True(Rederived.All(Gateway.JournalPath) > 0);
    }

    [Fact]
    public async Task Approval_opens_no_other_action()
    {
        await PayAsync();
        var asked = Assert.Single(await ListAsync());
        await VoteAsync(asked, "cleo");
        await VoteAsync(asked, "dora");

        Assert.Equal("approval_required", (await PayAsync("""{"contact":"c-1","amount":11,"currency":"EUR"}""")).Code);
        Assert.Equal("transaction_over_limit", (await PayAsync("""{"contact":"c-1","amount":1000,"currency":"EUR"}""")).Code);
        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Equal_calls_ask_once_and_of_many_that_use_it_one_goes_through()
    {
        var refused = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PayAsync()));
        Assert.All(refused, one => Assert.Equal("approval_required", one.Code));
        var asked = Assert.Single(await ListAsync());
        await VoteAsync(asked, "cleo");
        await VoteAsync(asked, "dora");

        var used = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => PayAsync()));

        Assert.Equal(1, used.Count(one => one.Status == HttpStatusCode.Created));
        Assert.Equal(1, await Provider.CountAsync());
    }

    [Fact]
    public async Task Owners_of_the_agent_and_those_whom_nobody_asked_approve_nothing()
    {
        await PayAsync();
        var asked = Assert.Single(await ListAsync());
        await VoteAsync(asked, "Ada Sample");
        await VoteAsync(asked, "zoe");

        Assert.Equal("approval_required", (await PayAsync()).Code);
        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Call_whose_gate_holds_it_gets_its_answer_once_it_is_approved()
    {
        var held = PayAsync(connector: "patient");
        await Waiting.ForAsync("people are asked", async () => (await ListAsync()).Count == 1);
        await VoteAsync((await ListAsync())[0], "cleo");

        Assert.Equal(HttpStatusCode.Created, (await held).Status);
        Assert.Equal(1, await Provider.CountAsync());
    }

    [Fact]
    public async Task Held_call_that_is_denied_is_refused_at_once()
    {
        var held = PayAsync(connector: "patient");
        await Waiting.ForAsync("people are asked", async () => (await ListAsync()).Count == 1);
        await VoteAsync((await ListAsync())[0], "cleo", approves: false);

        var refused = await held;
        Assert.Equal("approval_required", refused.Code);
        Assert.Contains("said no", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Held_call_is_judged_as_its_agent_stands_when_it_is_approved()
    {
        var held = PayAsync(connector: "patient");
        await Waiting.ForAsync("people are asked", async () => (await ListAsync()).Count == 1);
        await Gateway
            .Services.GetRequiredService<IDurableStore>()
            .SetLevelAsync(
                RunningGateway.Demo,
                Id<Agent>.Parse("payer"),
                AtfLevel.L1,
                TimeProvider.System.GetUtcNow(),
                CancellationToken.None
            );
        await Waiting.ForAsync("the demotion is followed", async () => (await PayAsync()).Code == "atf_boundary");
        await VoteAsync((await ListAsync()).Single(one => one.Gates[0] == "patient"), "cleo");

        Assert.Equal("approval_required", (await held).Code);
        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Held_call_whose_tenants_documents_change_is_repeated_and_uses_its_approval_then()
    {
        var held = PayAsync(connector: "patient");
        await Waiting.ForAsync("people are asked", async () => (await ListAsync()).Count == 1);
        await File.WriteAllTextAsync(
            Path.Combine(Gateway.GovernancePath, "other.yaml"),
            "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: demo, name: other}\nspec: {environment: development}\n"
        );
        await Gateway.Services.GetRequiredService<GovernanceReload>().LookAgainAsync(CancellationToken.None);
        await VoteAsync(Assert.Single(await ListAsync()), "cleo");

        var refused = await held;
        Assert.Equal("approval_required", refused.Code);
        Assert.Contains("Repeat the identical call", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await PayAsync(connector: "patient")).Status);
        Assert.Equal(1, await Provider.CountAsync());
    }

    [Fact]
    public async Task Held_call_that_is_killed_ends_at_once_and_its_approval_is_of_no_use()
    {
        var held = PayAsync(connector: "patient");
        await Waiting.ForAsync("people are asked", async () => (await ListAsync()).Count == 1);
        var kill = await KillAsync(graceful: false);

        var refused = await held;
        Assert.Equal((HttpStatusCode.Forbidden, "killed"), (refused.Status, refused.Code));
        Assert.Contains($"The operation 'patient/refund' is killed: {kill.Id}.", refused.Text, StringComparison.Ordinal);
        await VoteAsync(Assert.Single(await ListAsync()), "cleo");
        Assert.Equal("killed", (await PayAsync(connector: "patient")).Code);
        Assert.Equal(ApprovalState.Approved, Assert.Single(await ListAsync()).State);
        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Held_call_that_is_killed_gracefully_and_approved_then_is_not_sent()
    {
        var held = PayAsync(connector: "patient");
        await Waiting.ForAsync("people are asked", async () => (await ListAsync()).Count == 1);
        await KillAsync(graceful: true);
        var feed = Gateway.Services.GetRequiredService<RevocationFeed>();
        Assert.True(await feed.CatchUpAsync(RunningGateway.Demo, CancellationToken.None));
        await VoteAsync(Assert.Single(await ListAsync()), "cleo");

        Assert.Equal("killed", (await held).Code);
        Assert.Equal(ApprovalState.Approved, Assert.Single(await ListAsync()).State);
        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Agent_that_is_suspended_is_stopped_by_no_approval()
    {
        await PayAsync();
        var asked = Assert.Single(await ListAsync());
        await VoteAsync(asked, "cleo");
        await VoteAsync(asked, "dora");
        await Gateway
            .Services.GetRequiredService<IDurableStore>()
            .SetLifecycleAsync(
                RunningGateway.Demo,
                Id<Agent>.Parse("payer"),
                LifecycleStatus.Suspended,
                TimeProvider.System.GetUtcNow(),
                CancellationToken.None
            );

        await Waiting.ForAsync("it is followed", async () => (await PayAsync(Body + " ")).Code is "agent_not_active" or "killed");
        Assert.Contains((await PayAsync()).Code, new[] { "agent_not_active", "killed" });
        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Agent_can_ask_what_became_of_its_approval_and_no_other_can()
    {
        await PayAsync();
        var asked = Assert.Single(await ListAsync());

        var own = await StatusAsync(Signer, asked.Id);
        var other = await StatusAsync(await Gateway.NewSignerAsync("assistant"), asked.Id);

        Assert.Equal("pending", JsonDocument.Parse(own.Text).RootElement.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
    }

    [Fact]
    public async Task Store_that_can_not_be_written_refuses()
    {
        using var other = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(Gateway.DataPath, "store", "demo.db")};Pooling=False"
        );
        other.Open();
        using (var command = other.CreateCommand())
        {
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
        }

        var refused = await PayAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "dependency_unavailable"), (refused.Status, refused.Code));
        Assert.Equal(0, await Provider.CountAsync());
    }

    private Task<Kill> KillAsync(bool graceful)
    {
        var kills = Gateway.Services.GetRequiredService<KillStore>();
        return kills.SetAsync(
            RunningGateway.Demo,
            kills.New(KillScope.Operation, "patient/refund", graceful, TimeProvider.System.GetUtcNow()),
            CancellationToken.None
        );
    }
}
