using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Approvals;

/// <summary>
/// What becomes of an action that people must approve first: it uses an approval of exactly itself where there is one, once; otherwise
/// people are asked, and the call waits as long as its gate says. An approval is judged with everything else anew. Where the store can't
/// be reached, nothing is approved.
/// </summary>
public sealed partial class ApprovalStage(
    ApprovalStore store,
    IDurableStore changes,
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

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <returns>The same judgement, with the approval that it waits for; or another that goes ahead.</returns>
    public async ValueTask<Judgement> ResolveAsync(Judgement judgement, CancellationToken cancellationToken)
    {
        try
        {
            var tenant = judgement.Read.Intent.Tenant;
            var action = ApprovalBinding.DigestOf(judgement).ToString();
            var live =
                await store.FindLiveAsync(tenant, action, time.GetUtcNow(), cancellationToken)
                ?? await AskAsync(judgement, action, cancellationToken);
            if (live is null)
            {
                return judgement with { Refused = new Refusal(ReasonCode.ApprovalRequired, "It can't be asked for now.") };
            }

            if (live.State == ApprovalState.Pending)
            {
                live = await WaitAsync(judgement, live, cancellationToken);
            }

            if (live.State == ApprovalState.Approved && kills.Check(judgement.Read.Intent) is { } stopped)
            {
                return judgement with { Refused = stopped }; // Meanwhile: its approval stays unused.
            }

            return live.State == ApprovalState.Approved && await UseAsync(judgement, live, cancellationToken) is { } approved
                ? approved
                : judgement with
                {
                    Refused = Tell(judgement, live),
                };
        }
        catch (DurableStoreException e)
        {
            Log.Unreachable(logger, judgement.DecisionId, e);
            return judgement with { Refused = new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message) };
        }
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

    /// <summary>For as long as the gates let a call wait; until then, or until it is decided.</summary>
    private async Task<ApprovalRecord> WaitAsync(Judgement judgement, ApprovalRecord asked, CancellationToken cancellationToken)
    {
        var hold = judgement.Decision.Approvals.Max(gate => gate.Hold);
        var began = time.GetTimestamp();
        while (asked.State == ApprovalState.Pending && time.GetElapsedTime(began) < hold)
        {
            var next = changes.NextChange();
            var left = hold - time.GetElapsedTime(began);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(next, Task.Delay(left < Poll ? left : Poll, time, waiting.Token));
            await waiting.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            asked = await store.FindAsync(judgement.Read.Intent.Tenant, asked.Id, time.GetUtcNow(), cancellationToken) ?? asked;
        }

        return asked;
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
        return
            again.Decision is { Approved: true, Verdict: Verdict.Allow or Verdict.Degrade }
            && await store.ConsumeAsync(tenant, approved.Id, judgement.DecisionId, time.GetUtcNow(), cancellationToken)
            ? again
            : null;
    }

    private static Refusal Tell(Judgement judgement, ApprovalRecord asked)
    {
        var groups = string.Join(" or ", judgement.Decision.Approvals.SelectMany(gate => gate.ApproverGroups).Distinct());
        var until = asked.Ends.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return asked.State switch
        {
            ApprovalState.Pending => new(
                ReasonCode.ApprovalRequired,
                $"{groups} can approve {asked.Id} until {until}: 'gateway approvals show {asked.Id}'. Then repeat the identical call."
            ),
            ApprovalState.Denied => new(ReasonCode.ApprovalRequired, $"{groups} said no to {asked.Id}."),
            ApprovalState.Approved => new(
                ReasonCode.ApprovalRequired,
                $"{asked.Id} was given and can't be used by this call: another used it, it isn't enough for what counts now, or documents "
                    + "changed while the call waited. Repeat the identical call."
            ),
            _ => new(ReasonCode.ApprovalRequired, $"{asked.Id} has ended. Repeat the identical call to ask anew."),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(5101, LogLevel.Error, "Decision {DecisionId} needs an approval, and the store of approvals can't be reached")]
        public static partial void Unreachable(ILogger logger, string decisionId, Exception exception);
    }
}
