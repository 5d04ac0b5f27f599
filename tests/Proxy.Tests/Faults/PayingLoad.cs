using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Agents that pay and two people who approve, for as long as it runs: each payment is asked for again at any replica until it is carried
/// out, whatever it was told before.
/// </summary>
internal sealed class PayingLoad : IAsyncDisposable
{
    private const int Agents = 4;

    private readonly IReadOnlyList<RunningGateway> _gateways;
    private readonly RequestSigner _signer;
    private readonly ApprovalStore _approvals;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running;
    private int _payments;
    private int _paid;
    private int _refused;

    /// <param name="approvals">What the people's votes go to.</param>
    public PayingLoad(IReadOnlyList<RunningGateway> gateways, RequestSigner signer, ApprovalStore approvals)
    {
        (_gateways, _signer, _approvals) = (gateways, signer, approvals);
        _running = [.. Enumerable.Range(0, Agents).Select(PayAsync), Task.Run(ApproveAsync)];
    }

    /// <summary>Payments that an agent was told were carried out.</summary>
    public int Paid => Volatile.Read(ref _paid);

    /// <summary>Answers that were neither that nor that people are asked.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Each vote that somebody was told counts.</summary>
    public ConcurrentBag<(string Approval, string Person)> Votes { get; } = [];

    public Task PaidMoreAsync(int more)
    {
        var wanted = Paid + more;
        return Waiting.ForAsync($"{more} more are paid", () => Paid >= wanted);
    }

    public Task RefusedMoreAsync(int more)
    {
        var wanted = Refused + more;
        return Waiting.ForAsync($"{more} more are refused", () => Refused >= wanted);
    }

    /// <summary>Ends once each agent's payment is carried out.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(Waiting.Deadline);
        _stop.Dispose();
    }

    private async Task PayAsync(int agent)
    {
        await Task.Yield();
        for (var i = agent; !_stop.IsCancellationRequested; )
        {
            var contact = string.Create(CultureInfo.InvariantCulture, $"c-{Interlocked.Increment(ref _payments):D6}");
            while (!await TryAsync(_gateways[i++ % _gateways.Count], contact))
            {
                await Task.Delay(10);
            }
        }
    }

    private async Task<bool> TryAsync(RunningGateway gateway, string contact)
    {
        using var response = await gateway.SendSignedAsync(
            _signer,
            () => gateway.Request(HttpMethod.Post, "/tools/bank/refunds", $$"""{"contact":"{{contact}}","amount":10,"currency":"EUR"}""")
        );
        if (response.StatusCode == HttpStatusCode.Created)
        {
            Interlocked.Increment(ref _paid);
            return true;
        }

        if (Call.CodeOf(await response.Content.ReadAsStringAsync()) != "approval_required")
        {
            Interlocked.Increment(ref _refused);
        }

        return false;
    }

    /// <summary>Until nobody pays any more.</summary>
    private async Task ApproveAsync()
    {
        while (_running is null || _running.Take(Agents).Any(agent => !agent.IsCompleted))
        {
            try
            {
                var (time, none) = (TimeProvider.System, CancellationToken.None);
                foreach (var asked in await _approvals.ListAsync(RunningGateway.Demo, time.GetUtcNow(), most: 50, none))
                {
                    foreach (var person in asked.State == ApprovalState.Pending ? ["cleo", "dora"] : Array.Empty<string>())
                    {
                        var vote = new ApprovalVote(person, true, asked.ViewDigest, time.GetUtcNow(), "");
                        if ((await _approvals.VoteAsync(RunningGateway.Demo, asked.Id, vote, none)).Outcome == VoteOutcome.Counted)
                        {
                            Votes.Add((asked.Id, person));
                        }
                    }
                }
            }
            catch (DurableStoreException)
            {
                // People try again, too.
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Which payment an approval is of.</summary>
    public static string PaymentOf(ApprovalRecord approval) => Contact(approval.View);

    /// <summary>Which payment the provider was asked for.</summary>
    public static string PaymentOf(JsonElement request) => Contact(request.GetProperty("body").ToString());

    private static string Contact(string text) => text.Substring(text.IndexOf("\"c-", StringComparison.Ordinal) + 1, "c-000000".Length);
}
