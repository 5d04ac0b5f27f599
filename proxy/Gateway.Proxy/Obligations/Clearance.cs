using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Obligations;

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
        (Operation, Headers) = (action.Operation, action.Headers);
    }

    public Judgement Judgement { get; }

    /// <summary>The action as it goes out, obligations met.</summary>
    public Intent Intent { get; }

    /// <summary>What goes out is a call of it: the one asked for, or its read variant.</summary>
    public Operation Operation { get; }

    public Connector Connector => Judgement.Read.Connector;

    public OutgoingHeaders Headers { get; }

    public RequestBody Body => Judgement.Read.Body;

    public string TokenId => Token.Id;

    internal DecisionToken Token { get; }

    internal static Grant Issue(DecisionTokens tokens, ReducedAction action, Intent intent) =>
        new(action, intent, tokens.Mint(action.Judgement, intent, action.Met));
}
