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
}
