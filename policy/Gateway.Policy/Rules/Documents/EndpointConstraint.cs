using System.Text.Json;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Where an action may go, checked for every target. Empty lists aren't given.</summary>
public sealed record EndpointConstraint
{
    private const string DefaultCode = "endpoint_constraint_violation";

    public IReadOnlyList<string> PathAllowlist { get; init; } = [];
    public IReadOnlyList<string> PathDenylist { get; init; } = [];
    public IReadOnlyList<string> DomainAllowlist { get; init; } = [];
    public IReadOnlyList<string> DomainDenylist { get; init; } = [];
    public IReadOnlyList<string> EgressClasses { get; init; } = [];

    /// <summary>Block or require_approval.</summary>
    public Verdict Action { get; init; }

    /// <summary>For a destructive target; null for nothing of its own.</summary>
    public Verdict? DestructiveAction { get; init; }

    public string ReasonCode { get; init; } = DefaultCode;

    public string Violation { get; init; } = DefaultCode;

    /// <summary>Reads <c>endpoint</c>. A list or a destructive action switches it on; the other fields alone don't.</summary>
    internal static EndpointConstraint? Read(RuleFields fields)
    {
        var enabled = fields.Flag("enabled");
        var endpoint = new EndpointConstraint
        {
            PathAllowlist = ReadPatterns(fields, "path_allowlist", fields.List("path_allowlist")),
            PathDenylist = ReadPatterns(fields, "path_denylist", fields.List("path_denylist")),
            DomainAllowlist = ReadPatterns(fields, "domain_allowlist", fields.LowerList("domain_allowlist")),
            DomainDenylist = ReadPatterns(fields, "domain_denylist", fields.LowerList("domain_denylist")),
            EgressClasses = fields.WordList("egress_classes", RuleWords.EgressClasses),
            Action = VerdictFields.Restriction(fields, "action", Verdict.Block),
            DestructiveAction = VerdictFields.OptionalRestriction(fields, "destructive_action"),
            ReasonCode = fields.Text("reason_code") is { Length: > 0 } reason ? reason : DefaultCode,
            Violation = fields.Text("violation") is { Length: > 0 } violation ? violation : DefaultCode,
        };
        return enabled || HasList(endpoint) || endpoint.DestructiveAction is not null ? endpoint : null;
    }

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("Endpoint");
        json.WriteBoolean("Enabled", true);
        json.WriteList("PathAllowlist", PathAllowlist);
        json.WriteList("PathDenylist", PathDenylist);
        json.WriteList("DomainAllowlist", DomainAllowlist);
        json.WriteList("DomainDenylist", DomainDenylist);
        json.WriteList("EgressClasses", EgressClasses);
        json.WriteString("Action", RuleVerdicts.Word(Action));
        json.WriteString("DestructiveAction", DestructiveAction is { } action ? RuleVerdicts.Word(action) : "");
        json.WriteString("ReasonCode", ReasonCode);
        json.WriteString("Violation", Violation);
        json.WriteEndObject();
    }

    /// <summary>A malformed pattern would match nothing, and a list to deny by would deny nothing.</summary>
    private static string[] ReadPatterns(RuleFields fields, string name, string[] patterns)
    {
        foreach (var pattern in patterns.Where(pattern => !GlobPattern.IsWellFormed(pattern)))
        {
            fields.Fail(
                name,
                $"The pattern {ErrorText.Quote(pattern)} is malformed.",
                "Close the bracket, or write a character behind the backslash."
            );
        }

        return patterns;
    }

    private static bool HasList(EndpointConstraint endpoint) =>
        endpoint.PathAllowlist.Count
            + endpoint.PathDenylist.Count
            + endpoint.DomainAllowlist.Count
            + endpoint.DomainDenylist.Count
            + endpoint.EgressClasses.Count
        > 0;
}
