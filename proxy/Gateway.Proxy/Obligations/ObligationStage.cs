using Gateway.Connectors.Contracts;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Obligations;

/// <summary>
/// The only writer of the body: meets what a decision demands before the action, then makes the grant for exactly what came of it. Doesn't
/// loosen or guess; an obligation that can't be met refuses.
/// </summary>
public sealed class ObligationStage(DecisionTokens tokens)
{
    /// <summary>In this order: what goes changes before its text does, and what has to be counted comes last.</summary>
    private static readonly (
        string Name,
        Func<Policy.Model.Obligations, bool> IsOwed,
        Func<ReducedAction, Policy.Model.Obligations, string?> Meet
    )[] Reductions =
    [
        ("strip_tools", static owed => owed.StripTools is not null, ModelReduction.StripTools),
        ("read_only", static owed => owed.ReadOnly, ReadVariant.Meet),
        ("model_downgrade", static owed => owed.ModelDowngrade.Count > 0, ModelReduction.Downgrade),
        ("redact_request", static owed => owed.RedactRequest is not null, RequestRedaction.Meet),
        (
            "max_tokens",
            static owed => owed.MaxTokens is not null,
            static (action, owed) => ModelReduction.Cap(action, owed.MaxTokens!.Value)
        ),
        ("redact_response", static owed => owed.RedactResponse is not null, AnswerObligations.CanRedact),
        ("row_limit", static owed => owed.RowLimits.Count > 0, AnswerObligations.CanCut),
    ];

    public Result<Clearance> Meet(Judgement judgement)
    {
        if (judgement.Refused is { } refused)
        {
            return refused;
        }

        var decision = judgement.Decision;
        if (decision.Verdict is not (Verdict.Allow or Verdict.Degrade))
        {
            return new Refusal(decision.Reasons.Count > 0 ? decision.Reasons[0] : ReasonCode.InternalError);
        }

        var owed = decision.Obligations;
        var action = new ReducedAction(judgement);
        ModelReduction.DropUnknown(action);
        if (owed.LogDetailed)
        {
            action.Met.Add("log_detailed");
        }

        if (owed.Sample is { } share)
        {
            if (!Sampling.Holds(judgement.Read.Intent, share))
            {
                return ReasonCode.NotSampled;
            }

            action.Met.Add("sample");
        }

        if (owed.Reduces && Unmet(action, owed) is { } problem)
        {
            return new Refusal(ReasonCode.ObligationUnmet, problem);
        }

        return owed.DryRun ? Rehearse(action) : Grant(action);
    }

    /// <summary>Null where all are met, but for the dry run; otherwise which one isn't, and why.</summary>
    private static string? Unmet(ReducedAction action, Policy.Model.Obligations owed)
    {
        foreach (var (name, isOwed, meet) in Reductions)
        {
            if (!isOwed(owed))
            {
                continue;
            }

            if (meet(action, owed) is { } problem)
            {
                return $"{name}: {problem}";
            }

            action.Met.Add(name);
        }

        return null;
    }

    private static Result<Clearance> Rehearse(ReducedAction action)
    {
        if (!action.Asked.Envelope.Call.Door.CanAnswerAsIf(action.Asked.Intent, action.Asked.Reading.Stream))
        {
            return new Refusal(ReasonCode.ObligationUnmet, "A dry run of it has no answer.");
        }

        var intent = action.Conclude();
        if (action.IsAnother && !DecisionStage.Covers(action.Judgement, intent))
        {
            return NotCovered;
        }

        action.Met.Add("dry_run");
        return new Clearance(action.Judgement, Grant: null, intent, action.Met) { Redacted = action.Redacted };
    }

    private Result<Clearance> Grant(ReducedAction action)
    {
        ModelReduction.KeepNothing(action);
        ModelReduction.OpenIds(action);
        ModelReduction.AskForUsage(action);
        var intent = action.Conclude();
        if (action.IsAnother && !DecisionStage.Covers(action.Judgement, intent))
        {
            return NotCovered;
        }

        if (!action.Content.Equals(action.Asked.Body.Content))
        {
            action.Asked.Body.Replace(action.Content, intent.Target.Content);
        }

        return new Clearance(action.Judgement, Obligations.Grant.Issue(tokens, action, intent), intent, action.Met)
        {
            Redacted = action.Redacted,
        };
    }

    private static Refusal NotCovered => new(ReasonCode.ObligationUnmet, "What is left of it is not allowed either.");
}

/// <summary>How an action goes on once its obligations are met: as a grant to send it, or as a dry run that sends nothing.</summary>
/// <param name="Grant">Null for a dry run.</param>
/// <param name="Intent">The action as it goes out, or would: its obligations met.</param>
/// <param name="Met">The obligations met, in the order of meeting them, for the record.</param>
public sealed record Clearance(Judgement Judgement, Grant? Grant, Intent Intent, IReadOnlyList<string> Met)
{
    /// <summary>What was replaced in the request.</summary>
    public RedactionCounts Redacted { get; init; }
}

/// <summary>
/// Exists only where something may go out: exactly this intent, with a decision token bound to it. The vault opens for nothing else.
/// </summary>
public sealed class Grant
{
    private Grant(ReducedAction action, Intent intent, DecisionToken token)
    {
        (Judgement, Intent, Token) = (action.Judgement, intent, token);
        (Operation, Headers, Reading) = (action.Operation, action.Headers, action.Reading);
    }

    public Judgement Judgement { get; }

    /// <summary>The action as it goes out, obligations met.</summary>
    public Intent Intent { get; }

    /// <summary>What goes out is a call of it: the one asked for, or its read variant.</summary>
    public Operation Operation { get; }

    /// <summary>What the body asks for as it goes out, but for what Gateway adds to every call.</summary>
    public BodyReading Reading { get; }

    public Connector Connector => Judgement.Read.Connector;

    /// <summary>The connector's, or those that its call has of its own.</summary>
    public ConnectorTimeouts Timeouts => (Judgement.Read.Envelope.Call as ActionCall)?.TimeoutsOf(Connector) ?? Connector.Timeouts;

    public OutgoingHeaders Headers { get; }

    public RequestBody Body => Judgement.Read.Body;

    public string TokenId => Token.Id;

    internal DecisionToken Token { get; }

    internal static Grant Issue(DecisionTokens tokens, ReducedAction action, Intent intent) =>
        new(action, intent, tokens.Mint(action.Judgement, intent));
}
