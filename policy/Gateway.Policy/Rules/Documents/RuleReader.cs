using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads one rule.</summary>
internal static class RuleReader
{
    public static RuleDefinition Read(RuleFields fields, RuleDialect dialect)
    {
        var name = fields.Text("name");
        if (name.Length == 0)
        {
            fields.Fail("name", "A rule needs a name.", "Add name: some-name.");
        }

        var effect = ReadEffect(fields, dialect);
        return new RuleDefinition
        {
            Name = name,
            Position = fields.Position,
            Priority = fields.Number("priority", int.MinValue),
            Effect = effect,
            Match = fields.Section("match", match => MatchFields.Read(match, dialect)) ?? new RuleMatch(),
            ReasonCodes = fields.List("reason_codes"),
            Violations = fields.List("violations"),
            Approval = ReadApproval(fields),
            Broker = new BrokerDemand(
                fields.Flag("require_broker_credential"),
                fields.Text("broker_reference"),
                fields.LowerList("broker_scopes")
            ),
            RateLimit = fields.Section("rate_limit", LimitDemandFields.ReadRateLimit),
            DestructiveBudget = fields.Section("destructive_budget", LimitDemandFields.ReadBudget),
            Context = ReadContext(fields),
            Endpoint = fields.Section("endpoint", EndpointFields.Read),
            Dataflow = fields.Section("dataflow", DataflowFields.Read),
            Agent = AgentConstraintFields.Read(fields),
            Credential = CredentialConstraintFields.Read(fields),
            Freeze = fields.Section("freeze_window", FreezeFields.Read),
            Sandbox = fields.Section("sandbox", SandboxFields.Read),
            Condition = dialect == RuleDialect.Gateway ? ReadCondition(fields) : null,
            Obligations = dialect == RuleDialect.Gateway ? RuleObligationFields.Read(fields, effect) : RuleObligations.None,
        };
    }

    private static Verdict ReadEffect(RuleFields fields, RuleDialect dialect)
    {
        var words = dialect == RuleDialect.Gait ? RuleWords.Verdicts : RuleWords.Effects;
        if (fields.Lower("effect").Length == 0 && fields.Lower("action").Length == 0)
        {
            fields.Fail("effect", "A rule needs an effect.", words.Remedy(""));
        }

        return VerdictFields.Read(fields, "effect", "action", words) ?? Verdict.Block;
    }

    private static ApprovalDemand ReadApproval(RuleFields fields)
    {
        var minimum = fields.Number("min_approvals", 0);
        return new ApprovalDemand(minimum, fields.Flag("require_distinct_approvers") || minimum > 1);
    }

    private static ContextConstraint? ReadContext(RuleFields fields)
    {
        var evidence = fields.Flag("require_context_evidence");
        var mode = fields.Word("required_context_evidence_mode", RuleWords.RequiredEvidence);
        var age = fields.OptionalNumber("max_context_age_seconds", 0, long.MaxValue) ?? 0;
        return evidence || mode.Length > 0 || age > 0 ? new ContextConstraint(evidence, evidence || mode.Length > 0, age) : null;
    }

    private static ConditionText? ReadCondition(RuleFields fields) =>
        fields.Text("when") is { Length: > 0 } text ? new ConditionText(text, fields.PositionOf("when")) : null;
}
