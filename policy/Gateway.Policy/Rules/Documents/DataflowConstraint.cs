using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Tainted data that would leave. Fires when an argument comes from a tainted source and one target is a destination.</summary>
public sealed record DataflowConstraint
{
    public IReadOnlyList<string> TaintedSources { get; init; } = ["external", "tool_output"];

    /// <summary>With no destination list given: host, url, bucket, queue or topic.</summary>
    public IReadOnlyList<string> DestinationKinds { get; init; } = [];
    public IReadOnlyList<string> DestinationValues { get; init; } = [];
    public IReadOnlyList<string> DestinationOperations { get; init; } = [];

    /// <summary>Block or require_approval.</summary>
    public Verdict Action { get; init; }

    public string ReasonCode { get; init; } = "dataflow_tainted_destination";

    public string Violation { get; init; } = "tainted_dataflow";

    /// <summary>Reads <c>dataflow</c>. A list switches it on; the other fields alone don't.</summary>
    internal static DataflowConstraint? Read(RuleFields fields)
    {
        var enabled = fields.Flag("enabled");
        var defaults = new DataflowConstraint();
        var sources = fields.LowerList("tainted_sources");
        var dataflow = new DataflowConstraint
        {
            TaintedSources = sources.Length > 0 ? sources : defaults.TaintedSources,
            DestinationKinds = fields.LowerList("destination_kinds"),
            DestinationValues = fields.List("destination_values"),
            DestinationOperations = fields.LowerList("destination_operations"),
            Action = VerdictFields.Restriction(fields, "action", Verdict.RequireApproval),
            ReasonCode = fields.Text("reason_code") is { Length: > 0 } reason ? reason : defaults.ReasonCode,
            Violation = fields.Text("violation") is { Length: > 0 } violation ? violation : defaults.Violation,
        };
        var lists =
            sources.Length + dataflow.DestinationKinds.Count + dataflow.DestinationValues.Count + dataflow.DestinationOperations.Count;
        return enabled || lists > 0 ? dataflow : null;
    }

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("Dataflow");
        json.WriteBoolean("Enabled", true);
        json.WriteList("TaintedSources", TaintedSources);
        json.WriteString("Action", RuleVerdicts.Word(Action));
        json.WriteString("ReasonCode", ReasonCode);
        json.WriteString("Violation", Violation);
        json.WriteListIfAny("DestinationKinds", DestinationKinds);
        json.WriteListIfAny("DestinationValues", DestinationValues);
        json.WriteListIfAny("DestinationOperations", DestinationOperations);
        json.WriteEndObject();
    }
}
