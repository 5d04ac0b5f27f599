using Gateway.Cli.Brokers;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Gating;

/// <summary>Asks a broker for the credential that the rules demand, and looks at what it gave.</summary>
internal static class CredentialRequest
{
    /// <returns>The credential, or what is wrong as a reason code.</returns>
    public static async Task<(IssuedCredential? Issued, string Problem)> AskAsync(
        GateRequest gate,
        RuleIntent intent,
        RuleOutcome outcome,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var request = BrokerRequest.Create(intent, outcome.Broker, gate.Broker.Reference, gate.Broker.Scopes);
        if (await gate.Broker.IssueAsync(request, now, cancellationToken) is not { } credential)
        {
            return (null, "broker_credential_missing");
        }

        return credential.Problem(request, MostTtl(gate, outcome), now) is { } problem
            ? (null, problem)
            : (new IssuedCredential(request, credential), "");
    }

    /// <value>Seconds: the least that one of the rules which counted allows; 0 for any.</value>
    private static long MostTtl(GateRequest gate, RuleOutcome outcome) =>
        gate
            .Policy.Policy.Rules.Where(rule => outcome.MatchedRules.Contains(rule.Name, StringComparer.Ordinal))
            .Select(rule => rule.Credential?.MaxTtlSeconds ?? 0)
            .Where(ttl => ttl > 0)
            .DefaultIfEmpty(0)
            .Min();
}
