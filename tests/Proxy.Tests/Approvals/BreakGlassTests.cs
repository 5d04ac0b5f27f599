using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Approvals;

/// <summary>In an emergency one person is enough, once, on record; whatever blocks without an approval blocks all the same.</summary>
public sealed class BreakGlassTests : ApprovingGateway
{
    [Fact]
    public async Task Emergency_lets_exactly_that_action_go_ahead_once_and_the_record_says_so()
    {
        await PayAsync();
        var asked = await BreakAsync("os:flo");

        Assert.Equal("approval_required", (await PayAsync(Body + " ")).Code);
        var paid = await PayAsync();
        Assert.Equal(HttpStatusCode.Created, paid.Status);
        var record = Record(paid.DecisionId);
        Assert.True(record.GetProperty("opens_incident").GetBoolean());
        Assert.Equal("critical", record.GetProperty("severity").GetString());
        var approval = record.GetProperty("facts").GetProperty("approval");
        Assert.Equal(asked.Id, approval.GetProperty("id").GetString());
        Assert.True(approval.GetProperty("break_glass").GetBoolean());
        Assert.Equal("os:flo", Assert.Single(approval.GetProperty("people").EnumerateArray()).GetString());
        Assert.Equal("approval_required", (await PayAsync()).Code);
        Assert.Equal(1, await Provider.CountAsync());
        Assert.True(Rederived.All(Gateway.JournalPath) > 0);
    }

    [Theory]
    [InlineData("cleo")]
    [InlineData("Ada Sample")]
    public async Task Emergency_of_who_is_not_named_for_it_or_owns_the_agent_opens_nothing(string person)
    {
        await PayAsync();
        await BreakAsync(person);

        Assert.Equal("approval_required", (await PayAsync()).Code);
        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Emergency_lifts_no_suspension()
    {
        await PayAsync();
        await BreakAsync("flo");
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
    public async Task Emergency_that_no_longer_stands_in_a_document_when_it_is_used_opens_nothing()
    {
        await PayAsync();
        await BreakAsync("flo");
        var documents = Path.Combine(Gateway.GovernancePath, "zz-test.yaml");
        await File.WriteAllTextAsync(
            documents,
            (await File.ReadAllTextAsync(documents)).Replace("members: [flo, ", "members: [", StringComparison.Ordinal)
        );
        await Gateway.Services.GetRequiredService<GovernanceReload>().LookAgainAsync(CancellationToken.None);

        Assert.Equal("approval_required", (await PayAsync()).Code);
        Assert.Equal(0, await Provider.CountAsync());
    }

    private async Task<ApprovalRecord> BreakAsync(string person)
    {
        var asked = Assert.Single(await ListAsync(), one => one.State == ApprovalState.Pending);
        var glass = new BrokenGlass(person, asked.ViewDigest, TimeProvider.System.GetUtcNow(), "payroll is late", "INC-1");
        var broken = await Approvals.BreakGlassAsync(RunningGateway.Demo, asked.Id, glass, perDay: 3, CancellationToken.None);
        Assert.Equal(VoteOutcome.Counted, broken.Outcome);
        return asked;
    }
}
