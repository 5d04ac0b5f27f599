using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>All that a matching rule checks, in the order of the format. Each check can only tighten.</summary>
internal static class RuleChecks
{
    public static RuleFinding Apply(CompiledRule rule, RuleFit fit, RuleIntent intent, RuleFacts facts)
    {
        var finding = new RuleFinding(rule, fit, rule.Rule.Effect, rule.ReasonCodes, rule.Rule.Violations);
        DataflowCheck.Apply(rule.Rule.Dataflow, intent, finding);
        EndpointCheck.Apply(rule.Endpoint, intent, finding);
        ContextCheck.Apply(rule.Rule.Context, intent, finding);
        AgentCheck.Apply(rule.Rule.Agent, intent.Context, facts.Now, finding);
        CredentialCheck.Apply(rule.Rule.Credential, intent, finding);
        FreezeCheck.Apply(rule.Rule.Freeze, intent.Context, facts.Now, finding);
        SandboxCheck.Apply(rule.Rule.Sandbox, intent.Context.Sandbox, finding);
        PhaseCheck.Apply(intent, finding);
        return finding;
    }
}
