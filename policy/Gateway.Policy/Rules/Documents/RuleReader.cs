using Gateway.Cel.Text;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads rules.</summary>
internal static class RuleReader
{
    /// <value>Rules in one list.</value>
    public const int MaxRules = 10_000;

    /// <value>Characters.</value>
    private const int MaxMessage = 256;

    /// <summary>A list of rules, in the order in which they count.</summary>
    public static IReadOnlyList<RuleDefinition> ReadList(RuleFields fields, string name, RuleDialect dialect) =>
        [
            .. fields
                .Sections(name, MaxRules, rule => Read(rule, dialect))
                .OrderBy(rule => rule.Priority)
                .ThenBy(rule => rule.Name, CodePointOrder.Instance),
        ];

    private static RuleDefinition Read(RuleFields fields, RuleDialect dialect)
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
            Match = fields.Section("match", match => RuleMatch.Read(match, dialect)) ?? new RuleMatch(),
            ReasonCodes = fields.List("reason_codes"),
            Violations = fields.List("violations"),
            Approval = ApprovalDemand.Read(fields),
            Broker = BrokerDemand.Read(fields),
            RateLimit = fields.Section("rate_limit", LimitDemand.ReadRateLimit),
            DestructiveBudget = fields.Section("destructive_budget", LimitDemand.ReadBudget),
            Context = ContextConstraint.Read(fields),
            Endpoint = fields.Section("endpoint", EndpointConstraint.Read),
            Dataflow = fields.Section("dataflow", DataflowConstraint.Read),
            Agent = AgentConstraint.Read(fields),
            Credential = CredentialConstraint.Read(fields),
            Freeze = fields.Section("freeze_window", FreezeWindow.Read),
            Sandbox = fields.Section("sandbox", SandboxConstraint.Read),
            Condition = dialect == RuleDialect.Gateway ? ReadCondition(fields) : null,
            Message = dialect == RuleDialect.Gateway ? ReadMessage(fields) : "",
            Obligations = dialect == RuleDialect.Gateway ? RuleObligations.Read(fields, effect) : RuleObligations.None,
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

    private static string ReadMessage(RuleFields fields)
    {
        var message = fields.Text("message");
        if (message.Length > MaxMessage || message.Any(char.IsControl))
        {
            fields.Fail("message", $"A message is one line of at most {MaxMessage} characters.", "Shorten it.");
        }

        return message;
    }

    private static ConditionText? ReadCondition(RuleFields fields) =>
        fields.Text("when") is { Length: > 0 } text ? new ConditionText(text, fields.PositionOf("when")) : null;
}

/// <summary>Which fields a rule may have.</summary>
internal enum RuleDialect
{
    /// <summary>Those of a bare Gait file; anything else is an unknown field.</summary>
    Gait = 0,

    /// <summary>
    /// Also <c>when</c>, <c>message</c>, <c>obligations</c>, the effect <c>degrade</c>, and a match on connectors and actions, as in a
    /// <c>Policy</c> document.
    /// </summary>
    Gateway = 1,
}
