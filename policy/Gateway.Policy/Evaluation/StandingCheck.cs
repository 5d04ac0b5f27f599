using Gateway.Policy.Actions;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// Whether an agent may do anything at all, whatever it asks for: what the controls ask of it before they look at an action. For what asks
/// for none, such as reading a list; an action is judged by all of the controls.
/// </summary>
public static class StandingCheck
{
    /// <summary>None when it may; otherwise why not.</summary>
    /// <param name="dossier">The agent's, where it may.</param>
    public static ReasonCode Check(
        TenantSnapshot tenant,
        Id<Workspace> workspace,
        Id<Agent> agent,
        AuthStrength strength,
        Facts facts,
        out AgentDossier? dossier
    )
    {
        ArgumentNullException.ThrowIfNull(tenant);
        dossier = tenant.Agents.GetValueOrDefault(agent) is { } found && found.Agent.Workspace == workspace ? found : null;
        var reason = AgentControls.Registration(dossier?.Agent).Reason;
        if (reason == ReasonCode.None)
        {
            reason = AgentControls.Status(dossier!.Agent, facts).Reason;
        }

        if (reason == ReasonCode.None)
        {
            var (level, note) = EffectiveLevel.Compute(dossier!, operation: null, permission: null, strength, facts);
            reason =
                level != AtfLevel.Unassigned ? ReasonCode.None
                : note.Length == 0 ? ReasonCode.AtfLevelMissing
                : ReasonCode.AtfLevelUnbacked;
        }

        dossier = reason == ReasonCode.None ? dossier : null;
        return reason;
    }
}
