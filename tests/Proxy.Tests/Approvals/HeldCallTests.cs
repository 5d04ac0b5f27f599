using System.Net;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Approvals;

/// <summary>A call that asks to wait for people: it gets its answer where they decide in time, and a refusal where they don't.</summary>
public sealed class HeldCallTests : ApprovingGateway
{
    [Fact]
    public async Task Call_that_would_wait_gets_its_answer_once_it_is_approved_and_is_told_how_long_it_would_have_waited()
    {
        var held = PayAsync(headers: "Prefer: respond-async, wait=60");
        await AskedAsync();
        await ApproveAsync();

        var paid = await held;
        Assert.Equal((HttpStatusCode.Created, "wait=60"), (paid.Status, paid.Applied));
        Assert.Equal(1, await Provider.CountAsync());
    }

    [Fact]
    public async Task Call_that_would_wait_longer_than_anybody_may_waits_as_long_as_that()
    {
        var held = PayAsync(headers: "Prefer: wait=86400");
        var asked = await AskedAsync();
        await VoteAsync(asked, "cleo", approves: false);

        var refused = await held;
        Assert.Equal(("approval_required", "wait=300"), (refused.Code, refused.Applied));
    }

    [Fact]
    public async Task Call_that_waited_long_enough_is_refused_as_one_that_did_not()
    {
        var refused = await PayAsync(headers: "Prefer: wait=1");

        Assert.Equal((HttpStatusCode.Forbidden, "approval_required", "wait=1"), (refused.Status, refused.Code, refused.Applied));
        Assert.Equal("", (await PayAsync()).Applied);
        Assert.Single(await ListAsync());
    }

    [Theory]
    [InlineData("Prefer: wait")]
    [InlineData("Prefer: wait=1.5")]
    [InlineData("Prefer: wait=1, wait=300")]
    [InlineData("Gateway-Approval: apr_a b")]
    public async Task Header_that_two_could_take_for_two_things_is_refused(string header)
    {
        var refused = await PayAsync(headers: header);

        Assert.Equal((HttpStatusCode.BadRequest, "malformed_request"), (refused.Status, refused.Code));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Held_call_ends_with_its_agent()
    {
        var held = PayAsync(headers: "Prefer: wait=60");
        await AskedAsync();
        await Gateway
            .Services.GetRequiredService<IDurableStore>()
            .SetLifecycleAsync(
                RunningGateway.Demo,
                Id<Agent>.Parse("payer"),
                LifecycleStatus.Suspended,
                TimeProvider.System.GetUtcNow(),
                CancellationToken.None
            );

        Assert.Equal("killed", (await held).Code);
        Assert.Equal(0, await Provider.CountAsync());
    }

    [Fact]
    public async Task Many_that_wait_for_one_approval_read_it_once_it_changes_and_leave_nothing_behind()
    {
        var held = Enumerable.Range(0, 20).Select(_ => PayAsync(headers: "Prefer: wait=60")).ToList();
        await AskedAsync();
        await ApproveAsync();

        var ended = await Task.WhenAll(held);
        Assert.Equal(1, ended.Count(one => one.Status == HttpStatusCode.Created));
        Assert.All(ended.Where(one => one.Status != HttpStatusCode.Created), one => Assert.Equal("approval_required", one.Code));
        await Waiting.ForAsync(
            "nobody waits any more",
            () => Task.FromResult(Gateway.Services.GetRequiredService<SeenChanges>().Count == 0)
        );
    }
}
