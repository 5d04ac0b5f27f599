using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// Judges intents. Pure: the same snapshot, intent and facts give the same decision, here and in an audit years later. Thread-safe.
/// </summary>
public static class Evaluator
{
    /// <summary>Where this thread writes a path until the decision keeps it.</summary>
    [ThreadStatic]
    private static PathEntry[]? _space;

    /// <summary>
    /// Judges the action, and each tool that a provider would run for it as an operation of its own. The strictest answer counts for all of
    /// it.
    /// </summary>
    public static Decision Evaluate(Snapshot snapshot, Intent intent, Facts facts)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(intent);
        var decision = EvaluateOne(snapshot, intent, facts);
        for (var i = 0; i < intent.HostedTools.Count; i++)
        {
            decision = Stricter(decision, EvaluateOne(snapshot, intent with { Operation = intent.HostedTools[i] }, facts));
        }

        return decision;
    }

    /// <summary>
    /// Of two parts of one action, one decision that is at least as strict as either in everything: the stricter verdict with its reasons
    /// first, and the obligations of both. The path is the stricter one's.
    /// </summary>
    internal static Decision Stricter(Decision one, Decision other)
    {
        var (strict, lax) = other.Verdict < one.Verdict ? (other, one) : (one, other);
        return strict with
        {
            Severity = strict.Severity <= lax.Severity ? strict.Severity : lax.Severity,
            Reasons = [.. strict.Reasons.Union(lax.Reasons)],
            Obligations = strict.Obligations.Merge(lax.Obligations),
            Approvals = [.. strict.Approvals.Union(lax.Approvals)],
            Rules = [.. strict.Rules, .. lax.Rules],
            ApprovalsNeeded = Math.Max(strict.ApprovalsNeeded, lax.ApprovalsNeeded),
            Level = strict.Level < lax.Level ? strict.Level : lax.Level,
            Undetermined = strict.Undetermined || lax.Undetermined,
            Reads = strict.Reads == Reads.None || lax.Reads == Reads.None ? Reads.None : strict.Reads | lax.Reads,
            OpensIncident = strict.OpensIncident || lax.OpensIncident,
            Approved = strict.Approved || lax.Approved,
        };
    }

    /// <summary>
    /// Runs the eleven controls in order, then the tenant's rules, and decides. The first two stop at once; all others are always run, so
    /// that the path shows everything that is missing.
    /// </summary>
    private static Decision EvaluateOne(Snapshot snapshot, Intent intent, Facts facts)
    {
        // Taken away while it is used, so that no two evaluations can ever write into it.
        var space = _space ?? ControlResults.NewSpace();
        _space = null;
        var decision = EvaluateOne(snapshot, intent, facts, space);
        _space = space;
        return decision;
    }

    private static Decision EvaluateOne(Snapshot snapshot, Intent intent, Facts facts, PathEntry[] space)
    {
        var tenant = snapshot.Find(intent.Tenant);
        var dossier = tenant?.Agents.GetValueOrDefault(intent.Agent);
        if (dossier?.Agent.Workspace != intent.Workspace)
        {
            dossier = null; // Registered elsewhere is not registered here.
        }

        var results = new ControlResults(space) { Reads = Reads.Agent, Cache = dossier?.CacheOf(intent.Connector, intent.Operation) };
        if (!results.Add(AgentControls.Registration(dossier?.Agent)))
        {
            return DecisionTable.Decide(results);
        }

        results.Reads |= Reads.Standing;
        if (!results.Add(AgentControls.Status(dossier!.Agent, facts)))
        {
            return DecisionTable.Decide(results);
        }

        Check(tenant!.ActionOf(dossier, intent, facts), tenant!, facts, results);
        var decision = DecisionTable.Decide(results);
        return results.Undetermined || facts.Approval is { BreakGlass: true } ? Marked(decision, results.Undetermined) : decision;
    }

    /// <summary>Where an approval was given in an emergency: what goes ahead by it is an incident.</summary>
    private static Decision Marked(Decision decision, bool undetermined) =>
        decision.Approved
            ? decision with
            {
                Undetermined = undetermined,
                Severity = Severity.Critical,
                OpensIncident = true,
            }
            : decision with
            {
                Undetermined = undetermined,
            };

    private static void Check(in ActionProfile action, TenantSnapshot tenant, Facts facts, ControlResults results)
    {
        results.HighImpact = action.IsHighImpact;
        results.Level = action.Level;
        results.Reads |= ReadByControls(action, facts);
        results.Reads |= facts.Approval is null ? Reads.None : Reads.RunTimeFacts;
        results.Add(AgentControls.HumanOwner(action.Dossier.Agent));
        results.Add(AgentControls.SecurityOwner(action.Dossier.Agent));
        results.Add(ActionControls.Boundary(action, results));
        results.Add(PermissionControl.Check(action, facts, results));
        results.Add(ActionControls.Gate(action, tenant.Gates, results));
        results.Add(ActionControls.DataMovement(action));
        var day = DateOnly.FromDateTime(facts.Now.UtcDateTime);
        results.Add(EvidenceControls.Playbooks(action, day));
        results.Add(EvidenceControls.Findings(action, results));
        results.Add(EvidenceControls.RedTeam(action, day));
        PolicyRules.Check(action, tenant.Policies, results);
        results.Approved = ApprovalCheck.IsGiven(results.Gates, results.ApprovalsNeeded, action.Dossier.Agent, facts.Approval);
        if ((action.IsHighRisk || action.IsExternal || action.IsNotified || results.Approved) && !results.Obligations.LogDetailed)
        {
            results.Obligations = results.Obligations with { LogDetailed = true };
        }
    }

    /// <summary>
    /// What the controls read of this action beside the documents. A term that another one's failure hides counts too: it would be read
    /// once that is mended. A step of the level that lies ahead depends on the clock; one that lies behind counts for ever.
    /// </summary>
    private static Reads ReadByControls(in ActionProfile action, Facts facts)
    {
        var reads = Reads.Documents;
        if (
            action.Dossier.Backing.ChangesAfter(DateOnly.FromDateTime(facts.Now.UtcDateTime))
            || action.Dossier.Agent.Hours is not null
            || action.Permission?.Hours is not null
        )
        {
            reads |= Reads.Clock;
        }

        return action.Operation?.Transaction is null && action.Permission?.Transaction is null ? reads : reads | Reads.Arguments;
    }
}
