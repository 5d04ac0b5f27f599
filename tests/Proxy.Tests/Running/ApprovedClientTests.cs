using System.Diagnostics;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Tests.Faults;
using Gateway.Proxy.Tests.StandIn;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Running;

/// <summary>The official OpenAI client, which knows nothing of approvals, gets its answer once people have said yes.</summary>
public sealed class ApprovedClientTests
{
    private const string Documents = """
        apiVersion: gateway/v1
        kind: ApprovalGate
        metadata: {tenant: demo, name: chats}
        spec: {active: true, always: true, connectors: [openai], operations: [chat], approverGroups: [readers]}
        ---
        apiVersion: gateway/v1
        kind: ApproverGroup
        metadata: {tenant: demo, name: readers}
        spec: {members: [cleo]}
        """;

    [ClientsFact]
    public async Task Client_that_is_held_gets_its_answer_as_if_nobody_had_been_asked()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await StartAsync(provider, hold: ", hold: 1m");
        using var client = await StartClientAsync(gateway);

        await ApproveAsync(gateway);

        Assert.Equal("answer Stand-in answer to: hello there", await NextAsync(client));
        Assert.Equal(1, await provider.CountAsync());
    }

    [ClientsFact]
    public async Task Client_that_repeats_its_call_is_refused_by_its_own_error_until_it_is_approved()
    {
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await StartAsync(provider, hold: "");
        using var client = await StartClientAsync(gateway);

        var refused = await NextAsync(client);
        Assert.StartsWith("refused 403", refused, StringComparison.Ordinal);
        var asked = await ApproveAsync(gateway);
        Assert.Contains(asked.Id, refused, StringComparison.Ordinal);
        await client.StandardInput.WriteLineAsync("again");

        Assert.Equal("answer Stand-in answer to: hello there", await NextAsync(client));
        Assert.Equal(1, await provider.CountAsync());
    }

    private static Task<RunningGateway> StartAsync(RunningStandIn provider, string hold) =>
        RunningGateway.StartAsync(
            provider.Address,
            data: null,
            Documents.Replace("[readers]}", $"[readers]{hold}}}", StringComparison.Ordinal)
        );

    /// <summary>Waits until people are asked for one thing, and has one say yes to it.</summary>
    internal static async Task<ApprovalRecord> ApproveAsync(RunningGateway gateway)
    {
        var approvals = gateway.Services.GetRequiredService<ApprovalStore>();
        Task<IReadOnlyList<ApprovalRecord>> ListAsync() =>
            approvals.ListAsync(RunningGateway.Demo, TimeProvider.System.GetUtcNow(), most: 10, CancellationToken.None);
        await Waiting.ForAsync("people are asked", async () => (await ListAsync()).Count == 1);
        var asked = Assert.Single(await ListAsync());
        var vote = new ApprovalVote("cleo", Approves: true, asked.ViewDigest, TimeProvider.System.GetUtcNow(), "read it");
        Assert.Equal(VoteOutcome.Counted, (await approvals.VoteAsync(RunningGateway.Demo, asked.Id, vote, CancellationToken.None)).Outcome);
        return asked;
    }

    private static async Task<Process> StartClientAsync(RunningGateway gateway)
    {
        var start = new ProcessStartInfo("node", ["approval.mjs"])
        {
            WorkingDirectory = ClientsFactAttribute.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["GATEWAY_URL"] = gateway.Address.ToString().TrimEnd('/');
        start.Environment["GATEWAY_KEY"] = await gateway.NewBearerAsync("assistant");
        return Process.Start(start)!;
    }

    private static async Task<string> NextAsync(Process client) => await client.StandardOutput.ReadLineAsync() ?? "ended";
}
