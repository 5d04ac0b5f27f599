using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads <c>dataflow</c>. A list switches it on; the other fields alone don't.</summary>
internal static class DataflowFields
{
    public static DataflowConstraint? Read(RuleFields fields)
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
}
