using Gateway.Evidence.Records;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Decisions;

/// <summary>A decision about one admitted intent. Says what may happen; gives nothing that makes it happen.</summary>
/// <param name="DecisionId">Unique; in the answer and in every record of the action.</param>
/// <param name="Facts">What was read beside the documents.</param>
public sealed record Judgement(string DecisionId, Decision Decision, Facts Facts, ParsedRequest Read, AdmittedRequest Admitted)
{
    /// <summary>What of the arguments and the query it rests on, for the record.</summary>
    public KeptValues Values { get; init; } = KeptValues.Nothing;

    /// <summary>What the shadow documents say; null where there are none.</summary>
    public ShadowJudgement? Shadow { get; init; }
}
