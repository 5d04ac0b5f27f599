using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Proxy.Tests.Running;

namespace Gateway.Proxy.Tests.Approvals;

/// <summary>A call that names its approval uses exactly that one, or nothing happens and nobody is asked.</summary>
public sealed class PresentedApprovalTests : ApprovingGateway
{
    protected override string Console => "https://console.example.org/";

    [Fact]
    public async Task Call_that_names_its_approval_is_carried_out_once_and_then_told_that_it_was_used()
    {
        await PayAsync();
        var asked = await ApproveAsync();

        var paid = await PresentAsync(asked.Id);
        Assert.Equal(HttpStatusCode.Created, paid.Status);
        var again = await PresentAsync(asked.Id);

        Assert.Equal((HttpStatusCode.Conflict, "approval_already_used"), (again.Status, again.Code));
        Assert.Contains(paid.DecisionId, again.Text, StringComparison.Ordinal);
        Assert.Single(await ListAsync());
        Assert.Equal(1, await Provider.CountAsync());
        Assert.True(Rederived.All(Gateway.JournalPath) > 0);
    }

    [Fact]
    public async Task Of_many_that_present_one_approval_one_goes_through_and_the_others_are_told_that_it_was_used()
    {
        await PayAsync();
        var asked = await ApproveAsync();

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PresentAsync(asked.Id)));

        Assert.Equal(1, all.Count(one => one.Status == HttpStatusCode.Created));
        Assert.Equal(19, all.Count(one => one.Code == "approval_already_used"));
        Assert.Equal(1, await Provider.CountAsync());
    }

    [Theory]
    [InlineData("""{"contact":"c-1","amount":11,"currency":"EUR"}""")]
    [InlineData("""{"contact":"c-1","amount":10,"currency":"EUR"} """)]
    public async Task Approval_of_another_action_opens_none_and_nobody_is_asked_anew(string body)
    {
        await PayAsync();
        var asked = await ApproveAsync();

        var refused = await PayAsync(body, headers: $"Gateway-Approval: {asked.Id}");

        Assert.Equal((HttpStatusCode.Forbidden, "approval_required"), (refused.Status, refused.Code));
        Assert.Contains("another action", refused.Text, StringComparison.Ordinal);
        Assert.Single(await ListAsync());
        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Approval_that_is_not_the_agents_is_as_one_that_never_was()
    {
        await PayAsync();
        var asked = await ApproveAsync();
        await Approvals.AskAsync(
            RunningGateway.Demo,
            asked with
            {
                Id = "apr_other",
                Agent = "assistant",
                Action = "other",
                Votes = [],
                State = ApprovalState.Pending,
            },
            most: 10,
            CancellationToken.None
        );

        foreach (var id in new[] { "apr_other", "apr_never", "x" })
        {
            var refused = await PresentAsync(id);
            Assert.Equal((HttpStatusCode.Forbidden, "approval_required"), (refused.Status, refused.Code));
            Assert.Contains($"has no approval '{id}'", refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Approval_that_is_pending_denied_or_taken_back_is_told_as_that()
    {
        var first = await PayAsync();
        var asked = Assert.Single(await ListAsync());
        Assert.Contains("can approve", (await PresentAsync(asked.Id)).Text, StringComparison.Ordinal);
        await VoteAsync(asked, "cleo", approves: false);
        Assert.Contains("said no", (await PresentAsync(asked.Id)).Text, StringComparison.Ordinal);

        await PayAsync();
        var second = (await ListAsync()).Single(one => one.State == ApprovalState.Pending);
        Assert.True(await Approvals.RevokeAsync(RunningGateway.Demo, second.Id, TimeProvider.System.GetUtcNow(), CancellationToken.None));
        Assert.Contains("is revoked", (await PresentAsync(second.Id)).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await ListAsync()).Count);
        Assert.Contains("approval_required", first.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_that_presents_one_that_is_undecided_may_wait_for_it()
    {
        await PayAsync();
        var asked = Assert.Single(await ListAsync());
        var held = PayAsync(headers: [$"Gateway-Approval: {asked.Id}", "Prefer: wait=60"]);
        await ApproveAsync();

        Assert.Equal(HttpStatusCode.Created, (await held).Status);
    }

    [Fact]
    public async Task Refusal_says_who_decides_where_and_how_the_agent_follows_it()
    {
        var refused = await PayAsync();
        var asked = Assert.Single(await ListAsync());

        Assert.Contains($"https://console.example.org/console/approvals/{asked.Id} or", refused.Text, StringComparison.Ordinal);
        Assert.Contains($"'gateway approvals show {asked.Id} --tenant demo'", refused.Text, StringComparison.Ordinal);
        var approval = refused.Json.GetProperty("approval");
        Assert.Equal(asked.Id, approval.GetProperty("id").GetString());
        Assert.Equal(asked.Ends, approval.GetProperty("expires_at").GetDateTimeOffset());
        var status = new Uri(approval.GetProperty("status_url").GetString()!);
        Assert.Equal(Gateway.Address.Authority, status.Authority);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Signer, HttpMethod.Get, status.AbsolutePath, body: null)).Status);
    }

    private Task<Answered> PresentAsync(string id) => PayAsync(headers: $"Gateway-Approval: {id}");
}
