using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Approvals;

/// <summary>
/// What becomes of an action that people must approve first: it uses an approval of exactly itself where there is one, once; otherwise
/// people are asked, and the call waits as long as its gate says. An approval is judged with everything else anew. Where the store can't
/// be reached, nothing is approved.
/// </summary>
public sealed partial class ApprovalStage(
    ApprovalStore store,
    ApprovalWaits waits,
    ApprovalRefusals refusals,
    HeldLeases leases,
    AgentDirectory directory,
    KillSwitch kills,
    GovernanceState governance,
    DecisionStage decisions,
    TimeProvider time,
    ILogger<ApprovalStage> logger
)
{
    /// <value>Live at once of one agent: more would only bury the people who decide.</value>
    private const int MostOfOneAgent = 100;

    private const int IdLetters = 26;

    /// <returns>The same judgement, with the approval that it waits for; or another that goes ahead.</returns>
    public async ValueTask<Judgement> ResolveAsync(Judgement judgement, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(judgement, cancellationToken);
        }
        catch (DurableStoreException e)
        {
            Log.Unreachable(logger, judgement.DecisionId, e);
            return judgement with { Refused = new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message) };
        }
    }

    private async Task<Judgement> LookAsync(Judgement judgement, CancellationToken cancellationToken)
    {
        if (!HandlingAsked.Read(judgement.Read.Envelope.Http.Request.Headers).TryGet(out var asked, out var unclear))
        {
            return judgement with { Refused = unclear };
        }

        var (tenant, agent) = (judgement.Read.Intent.Tenant, judgement.Read.Intent.Agent.ToString());
        var action = ApprovalBinding.DigestOf(judgement).ToString();
        var presented = asked.Approval;
        var found = presented is null
            ? await store.FindLiveAsync(tenant, action, time.GetUtcNow(), cancellationToken)
                ?? await AskAsync(judgement, action, cancellationToken)
            : await store.FindAsync(tenant, presented, time.GetUtcNow(), cancellationToken);
        if (presented is not null && ApprovalRefusals.Against(presented, found, agent, action) is { } against)
        {
            return judgement with { Refused = against };
        }

        if (found is null)
        {
            return judgement with { Refused = new Refusal(ReasonCode.ApprovalRequired, "It can't be asked for now.") };
        }

        (found, var waited) = await HoldAsync(judgement, found, asked.Wait, cancellationToken);
        if (found.State == ApprovalState.Approved && kills.Check(judgement.Read.Intent) is { } stopped)
        {
            return judgement with { Refused = stopped, Waited = waited }; // Meanwhile: its approval stays unused.
        }

        if (found.State == ApprovalState.Approved && await UseAsync(judgement, found, cancellationToken) is { } approved)
        {
            return approved with { Waited = waited };
        }

        if (presented is not null && found.State == ApprovalState.Approved)
        {
            found = await store.FindAsync(tenant, presented, time.GetUtcNow(), cancellationToken) ?? found; // Another may have used it.
        }

        return judgement with
        {
            Refused = refusals.Tell(judgement, found, presented is not null),
            Waited = waited,
        };
    }

    /// <summary>Null where nobody can be asked: too many are, or the action can't be shown.</summary>
    private async Task<ApprovalRecord?> AskAsync(Judgement judgement, string action, CancellationToken cancellationToken)
    {
        if (ApprovalBinding.ViewOf(judgement) is not { } view)
        {
            return null;
        }

        var (now, gates) = (time.GetUtcNow(), judgement.Decision.Approvals);
        var request = new ApprovalRecord
        {
            Id = "apr_" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", IdLetters),
            Agent = judgement.Read.Intent.Agent.ToString(),
            Action = action,
            View = view,
            ViewDigest = Sha256Digest.Compute(Encoding.UTF8.GetBytes(view)).ToString(),
            Gates = [.. gates.Select(gate => gate.Name)],
            Needed = Math.Max(1, Math.Max(judgement.Decision.ApprovalsNeeded, gates.Min(gate => gate.Quorum))),
            DecisionId = judgement.DecisionId,
            At = now,
            Ends = now + gates.Min(gate => gate.TimeToDecide),
            TimeToUse = gates.Min(gate => gate.TimeToUse),
        };
        return await store.AskAsync(judgement.Read.Intent.Tenant, request, MostOfOneAgent, cancellationToken);
    }

    /// <summary>
    /// For as long as the gates or the caller let it wait, the longer of both; or until it is decided. With how long the caller would have
    /// waited, where there was a place to wait at.
    /// </summary>
    private async Task<(ApprovalRecord Found, TimeSpan? Waited)> HoldAsync(
        Judgement judgement,
        ApprovalRecord asked,
        TimeSpan? wait,
        CancellationToken cancellationToken
    )
    {
        var (tenant, hold) = (judgement.Read.Intent.Tenant, wait ?? TimeSpan.Zero);
        foreach (var gate in judgement.Decision.Approvals)
        {
            hold = gate.Hold > hold ? gate.Hold : hold;
        }

        if (asked.State != ApprovalState.Pending || hold == TimeSpan.Zero)
        {
            return (asked, wait);
        }

        using var place = waits.TryEnter(tenant, asked.Agent);
        if (place is null)
        {
            return (asked, null); // Too many wait: this one is told at once.
        }

        leases.Add(judgement.Admitted.Request, judgement.Read.Connector.Timeouts.Total + hold); // What it holds, it holds for longer.
        var began = time.GetTimestamp();
        while (
            asked.State == ApprovalState.Pending && !waits.IsEnding && hold - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero
        )
        {
            asked = await waits.NextAsync(tenant, asked, left, cancellationToken);
        }

        return (asked, wait);
    }

    /// <summary>
    /// Null where the approval isn't enough for what counts now, or another used it: then nothing goes ahead. It is used before anything is
    /// sent, so that a kill in between loses an approval and never gives a second use.
    /// </summary>
    private async Task<Judgement?> UseAsync(Judgement judgement, ApprovalRecord approved, CancellationToken cancellationToken)
    {
        var tenant = judgement.Read.Intent.Tenant;
        var (reason, standing) = directory.StandingOf(judgement.Read.Agent);
        if (reason != ReasonCode.None || governance.Current.Find(tenant)?.Revision != judgement.Read.Tenant.Revision)
        {
            return null; // While the call waited, something of what it is judged by changed: the same call again is judged by that.
        }

        var again = decisions.Judge(judgement.Read, judgement.Admitted, standing, approved.ToFact());
        if (
            again.Decision is not { Approved: true, Verdict: Verdict.Allow or Verdict.Degrade }
            || !await store.ConsumeAsync(tenant, approved.Id, judgement.DecisionId, time.GetUtcNow(), cancellationToken)
        )
        {
            return null;
        }

        if (approved.BrokenGlass is { } glass)
        {
            Log.BrokenGlass(logger, judgement.DecisionId, judgement.Read.Intent.Agent, tenant, approved.Id, glass.Person, glass.Ticket);
        }

        return again;
    }

    private static partial class Log
    {
        [LoggerMessage(5101, LogLevel.Error, "Decision {DecisionId} needs an approval, and the store of approvals can't be reached")]
        public static partial void Unreachable(ILogger logger, string decisionId, Exception exception);

        [LoggerMessage(
            5102,
            LogLevel.Critical,
            "Decision {DecisionId} opens an incident: agent {Agent} of {Tenant} goes ahead with {Approval}, which {Person} gave alone in "
                + "an emergency ({Ticket})"
        )]
        public static partial void BrokenGlass(
            ILogger logger,
            string decisionId,
            Id<Agent> agent,
            Id<Tenant> tenant,
            string approval,
            string person,
            string ticket
        );
    }
}
