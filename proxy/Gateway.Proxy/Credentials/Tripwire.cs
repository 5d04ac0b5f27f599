using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Intents;
using Gateway.Proxy.Obligations;

namespace Gateway.Proxy.Credentials;

/// <summary>
/// The last look before a credential goes in: computes the intent again from the outgoing request, and holds it against the decision token.
/// It should never fire; when it does, something between the decision and here changed the request, and nothing leaves.
/// </summary>
public sealed class Tripwire(DecisionTokens tokens)
{
    /// <param name="body">What will be sent as the content; null for none.</param>
    /// <param name="content">Its bytes, hashed once more here.</param>
    /// <exception cref="TripwireException">The request isn't the granted one, or the token has expired.</exception>
    internal void Check(Grant? grant, HttpRequestMessage request, HttpContent? body, ReadOnlySpan<byte> content)
    {
        if (grant is null)
        {
            throw new TripwireException("there is no grant");
        }

        var uri = request.RequestUri ?? throw new TripwireException("there is no destination");
        var sent = grant.Intent with
        {
            Target = new IntentTarget(
                request.Method.Method,
                uri.GetLeftPart(UriPartial.Authority),
                uri.PathAndQuery,
                OutgoingHeaders.DigestOf(Headers(request, body)),
                Sha256Digest.Compute(content)
            ),
        };
        if (!tokens.Verify(grant.Token, sent, grant.Judgement.DecisionId))
        {
            throw new TripwireException("the request is not the granted one");
        }
    }

    private static List<KeyValuePair<string, string>> Headers(HttpRequestMessage request, HttpContent? body)
    {
        var headers = new List<KeyValuePair<string, string>>(4);
        foreach (var header in request.Headers.NonValidated)
        {
            headers.Add(new(header.Key.ToLowerInvariant(), header.Value.ToString()));
        }

        if (body is not null)
        {
            foreach (var header in body.Headers.NonValidated)
            {
                if (!header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                {
                    headers.Add(new(header.Key.ToLowerInvariant(), header.Value.ToString()));
                }
            }
        }

        headers.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return headers;
    }
}

/// <summary>The outgoing request was not the granted one. A fault of ours or an attack; never the caller's to see.</summary>
public sealed class TripwireException(string message) : Exception(message);
