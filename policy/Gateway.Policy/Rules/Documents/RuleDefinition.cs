using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>One rule, normalised. Immutable. Constraints that the file doesn't set are null.</summary>
public sealed record RuleDefinition
{
    /// <summary>Not empty, trimmed; two rules may share one.</summary>
    public required string Name { get; init; }

    public SourcePosition Position { get; init; }

    /// <summary>The smaller, the earlier.</summary>
    public int Priority { get; init; }

    /// <summary>What the rule wants; its constraints can only tighten it. Unset blocks.</summary>
    public Verdict Effect { get; init; }

    public RuleMatch Match { get; init; } = new();

    /// <summary>As the file has them; may be empty. <see cref="EffectiveReasonCodes"/> never is.</summary>
    public IReadOnlyList<string> ReasonCodes { get; init; } = [];

    public IReadOnlyList<string> Violations { get; init; } = [];

    public ApprovalDemand Approval { get; init; } = new();

    public BrokerDemand Broker { get; init; } = new();

    public LimitDemand? RateLimit { get; init; }

    public LimitDemand? DestructiveBudget { get; init; }

    public ContextConstraint? Context { get; init; }

    public EndpointConstraint? Endpoint { get; init; }

    public DataflowConstraint? Dataflow { get; init; }

    public AgentConstraint? Agent { get; init; }

    public CredentialConstraint? Credential { get; init; }

    public FreezeWindow? Freeze { get; init; }

    public SandboxConstraint? Sandbox { get; init; }

    /// <summary>
    /// A condition in CEL that must hold as well; null for none. Whoever compiles the rules supplies the function that evaluates it.
    /// </summary>
    public ConditionText? Condition { get; init; }

    /// <summary>What a caller is told that the rule refuses; empty for nothing of its own.</summary>
    public string Message { get; init; } = "";

    /// <summary>What must be done if the action goes ahead; nothing in a bare file.</summary>
    public RuleObligations Obligations { get; init; } = RuleObligations.None;

    /// <summary>Whether it looks at where exactly an action goes: a target's value, which has the query in it.</summary>
    public bool ReadsTargetValue =>
        Match.Targets.Values.Count + Match.Targets.DestinationValues.Count + (Dataflow?.DestinationValues.Count ?? 0) > 0
        || Endpoint is { PathAllowlist.Count: > 0 } or { PathDenylist.Count: > 0 };

    /// <summary>The file's reason codes, or one made from the name, so that a decision always has one.</summary>
    public IReadOnlyList<string> EffectiveReasonCodes => ReasonCodes.Count > 0 ? ReasonCodes : ["matched_rule_" + RuleNameCode.Of(Name)];

    /// <summary>The rule in the canonical form of its policy. A constraint that the rule doesn't have is left out.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("Name", Name);
        json.WriteNumber("Priority", Priority);
        json.WriteString("Effect", RuleVerdicts.Word(Effect));
        Match.Write(json);
        json.WriteList("ReasonCodes", ReasonCodes);
        json.WriteList("Violations", Violations);
        Approval.Write(json);
        Broker.Write(json);
        Context?.Write(json);
        RateLimit?.Write(json, "RateLimit");
        DestructiveBudget?.Write(json, "DestructiveBudget");
        Agent?.Write(json);
        Credential?.Write(json);
        Endpoint?.Write(json);
        Dataflow?.Write(json);
        Freeze?.Write(json);
        Sandbox?.Write(json);
        json.WriteIfText("When", Condition?.Text ?? "");
        json.WriteIfText("Message", Message);
        if (!Obligations.Canonical.IsEmpty)
        {
            json.WritePropertyName("Obligations");
            json.WriteRawValue(Obligations.Canonical.Span);
        }

        json.WriteEndObject();
    }
}

/// <summary>The text of a rule's <c>when:</c>, and where it stands. It isn't parsed here.</summary>
public sealed record ConditionText(string Text, SourcePosition Position);
