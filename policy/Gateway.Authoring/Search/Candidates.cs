using Gateway.Authoring.Changes;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Search;

/// <summary>
/// The changes that could help where a situation is refused, from the reasons of the refusal. Whether they do is for the evaluator to say.
/// </summary>
internal static class Candidates
{
    public static IEnumerable<Change> For(Situation situation)
    {
        foreach (var (operation, decision) in situation.Parts())
        {
            if (decision.Verdict is Verdict.Allow or Verdict.Degrade)
            {
                continue;
            }

            var part = situation.With(situation.Intent with { Operation = operation, HostedTools = [] });
            foreach (var change in decision.Reasons.SelectMany(reason => For(reason, part, decision)))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<Change> For(ReasonCode reason, Situation part, Decision decision)
    {
        if (part.Tenant is not { } tenant)
        {
            return [];
        }

        if (part.Dossier is not { } dossier)
        {
            var connector = tenant.Connectors.GetValueOrDefault(part.Intent.Connector);
            var operation = connector?.Operations.FirstOrDefault(o => o.Id == part.Intent.Operation);
            return reason == ReasonCode.AgentUnregistered
                ? One(RegisterAgent.For(part, operation, connector?.Scope ?? TargetScope.External))
                : [];
        }

        var action = tenant.ActionOf(dossier, part.Intent, part.Facts);
        return reason switch
        {
            ReasonCode.ApprovalRequired =>
            [
                .. decision.Approvals.Select(gate => ObtainApproval.For(gate, decision.ApprovalsNeeded)),
                .. LevelCandidates.For(action, part),
            ],
            ReasonCode.ApprovalGateMissing => [.. One(Gate(action)), .. LevelCandidates.For(action, part)],
            ReasonCode.AtfBoundary or ReasonCode.AtfLevelMissing or ReasonCode.AtfLevelUnbacked => LevelCandidates.For(action, part),
            ReasonCode.OpenFinding => One(
                CloseFindings.For(dossier.OpenFindings.Where(f => f.Tier is RiskTier.Critical or RiskTier.Unspecified))
            ),
            ReasonCode.PolicyRule => decision
                .Rules.Where(entry => entry.Verdict < Verdict.Degrade)
                .SelectMany(entry => entry.Rules.Select(rule => new RelaxRule(entry.Policy, rule))),
            _ => [.. OfAgent(reason, action), .. OfPermission(reason, action, part)],
        };
    }

    private static IEnumerable<Change> OfAgent(ReasonCode reason, in ActionProfile action)
    {
        var agent = action.Dossier.Agent;
        var day = DateOnly.FromDateTime(action.Facts.Now.UtcDateTime);
        return reason switch
        {
            ReasonCode.AgentNotActive => [new ActivateAgent(agent.Id)],
            ReasonCode.HumanOwnerMissing => [new AssignHumanOwner(agent.Id)],
            ReasonCode.SecurityOwnerMissing => [new AssignSecurityOwner(agent.Id)],
            ReasonCode.PlaybookMissing => [AddPlaybooks.For(action.Dossier, day)],
            ReasonCode.RedTeamMissing => [new PassRedTeamTest(agent.Id, day)],
            ReasonCode.DataFlowMissing => [new DocumentDataFlow(agent.Id, action.Intent.Connector, MissingFlows(action))],
            ReasonCode.BearerNotAllowed => [new SignRequest(), new AllowBearerTools(agent.Id)],
            _ => [],
        };
    }

    private static IEnumerable<Change> OfPermission(ReasonCode reason, in ActionProfile action, Situation part)
    {
        var (agent, connector) = (action.Dossier.Agent, part.Intent.Connector);
        if (action.Operation is not { } operation)
        {
            return []; // What nobody declared can't be granted.
        }

        return reason switch
        {
            ReasonCode.ToolNotPermitted => [new RegisterPermission(agent.Id, connector, operation.Id, action.Risk == RiskTier.Critical)],
            ReasonCode.AuditLoggingOff => [new TurnOnAuditLogging(connector, operation.Id)],
            ReasonCode.HumanApprovalMissing => [new TurnOnHumanApproval(connector, operation.Id)],
            ReasonCode.CapabilityUndeclared => [new DeclareCapability(agent.Id, connector, operation.Id)],
            ReasonCode.PurposeMismatch => operation.Purposes.Select(purpose => new DeclarePurpose(agent.Id, purpose)),
            ReasonCode.OutsideHours => One(WaitUntil.For(agent.Hours, action.Permission?.Hours, part.Facts.Now)),
            ReasonCode.TransactionUnreadable or ReasonCode.TransactionOverLimit => Amounts(
                operation.Transaction,
                action.Permission?.Transaction,
                part.Intent
            ),
            _ => [],
        };
    }

    private static IEnumerable<Change> Amounts(TransactionLimit? ofOperation, TransactionLimit? ofPermission, Intent intent) =>
        [
            .. One(ofOperation is null ? null : SetAmount.For(ofOperation, intent)),
            .. One(ofPermission is null ? null : SetAmount.For(ofPermission, intent)),
        ];

    private static CoverWithGate? Gate(in ActionProfile action) =>
        action.Operation is { } operation ? new CoverWithGate(action.Intent.Connector, operation) : null;

    private static DataClasses MissingFlows(in ActionProfile action)
    {
        var missing = action.Data & DataClasses.NeedsFlow;
        foreach (var flow in action.Dossier.DataFlows)
        {
            missing &= flow.Connector == action.Intent.Connector ? ~flow.Data : ~DataClasses.None;
        }

        return missing;
    }

    private static IEnumerable<Change> One(Change? change) => change is null ? [] : [change];
}
