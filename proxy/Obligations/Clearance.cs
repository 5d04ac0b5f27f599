using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Obligations;

/// <summary>How an action goes on once its obligations are met: as a grant to send it, or as a dry run that sends nothing.</summary>
/// <param name="Grant">Null for a dry run.</param>
/// <param name="Met">The obligations met, in the order of meeting them, for the record.</param>
public sealed record Clearance(Judgement Judgement, Grant? Grant, IReadOnlyList<string> Met);

/// <summary>
/// Exists only where something may go out: exactly this intent, with a decision token bound to it. The vault opens for nothing else.
/// </summary>
public sealed class Grant
{
    private Grant(Judgement judgement, Intent intent, DecisionToken token) => (Judgement, Intent, Token) = (judgement, intent, token);

    public Judgement Judgement { get; }

    /// <summary>The action as it goes out, obligations met.</summary>
    public Intent Intent { get; }

    public Connector Connector => Judgement.Read.Connector;

    public OutgoingHeaders Headers => Judgement.Read.Headers;

    public RequestBody Body => Judgement.Read.Body;

    public string TokenId => Token.Id;

    internal DecisionToken Token { get; }

    internal static Grant Issue(DecisionTokens tokens, Judgement judgement, Intent intent, IReadOnlyList<string> met) =>
        new(judgement, intent, tokens.Mint(judgement, intent, met));
}
