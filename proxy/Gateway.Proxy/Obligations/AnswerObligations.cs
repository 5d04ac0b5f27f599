using Gateway.Connectors.Redaction;

namespace Gateway.Proxy.Obligations;

/// <summary>
/// What is to be done to the answer, looked at before anything is sent: what surely can't be met refuses while it costs nothing.
/// </summary>
internal static class AnswerObligations
{
    public static string? CanRedact(ReducedAction action, Policy.Model.Obligations owed) =>
        action.Reading.Stream ? "a stream can't be redacted; ask for a whole answer."
        : owed.RedactResponse!.Fields.Count > JsonRedactor.MaxFields ? $"over {JsonRedactor.MaxFields} fields can't be replaced together."
        : null;

    public static string? CanCut(ReducedAction action, Policy.Model.Obligations owed) =>
        action.Asked.Offer is not null ? "the answer of a model has no rows."
        : owed.RowLimits.Count > RowLimiter.MaxLimits ? $"over {RowLimiter.MaxLimits} arrays can't be cut together."
        : null;
}
