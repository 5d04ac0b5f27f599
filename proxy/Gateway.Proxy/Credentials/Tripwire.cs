using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Obligations;

namespace Gateway.Proxy.Credentials;

/// <summary>
/// The last look before a credential goes in: computes the target again from the outgoing request, and holds it against the decision token.
/// It should never fire; when it does, something between the decision and here changed the request, and nothing leaves.
/// </summary>
public sealed class Tripwire(DecisionTokens tokens)
{
    /// <param name="body">What will be sent as the content; null for none.</param>
    /// <param name="content">Its bytes, hashed once more here: the last that is read of them before they are sent.</param>
    /// <exception cref="TripwireException">The request isn't the granted one, or the token has expired.</exception>
    internal void Check(Grant? grant, HttpRequestMessage request, HttpContent? body, ReadOnlySpan<byte> content)
    {
        if (grant is null)
        {
            throw new TripwireException("there is no grant");
        }

        var uri = request.RequestUri ?? throw new TripwireException("there is no destination");
        var sent = new IntentTarget(
            request.Method.Method,
            uri.GetLeftPart(UriPartial.Authority),
            uri.PathAndQuery,
            HeadersAreGranted(grant.Headers.All, request, body)
                ? grant.Headers.Digest
                : throw new TripwireException("the headers are not the granted ones"),
            Sha256Digest.Compute(content)
        );
        if (!tokens.Verify(grant.Token, grant.Intent, sent, grant.Judgement.DecisionId))
        {
            throw new TripwireException("the request is not the granted one");
        }
    }

    /// <summary>Each of them once, with its value, and nothing else but the body's length.</summary>
    private static bool HeadersAreGranted(
        IReadOnlyList<KeyValuePair<string, string>> granted,
        HttpRequestMessage request,
        HttpContent? body
    )
    {
        var outgoing = request.Headers.NonValidated;
        var ofBody = body?.Headers.NonValidated ?? default;
        for (var i = 0; i < granted.Count; i++)
        {
            var (name, value) = granted[i];
            var isInHead = outgoing.TryGetValues(name, out var sent);
            if (isInHead == ofBody.TryGetValues(name, out var sentOfBody) || (isInHead ? sent : sentOfBody).ToString() != value)
            {
                return false;
            }
        }

        return outgoing.Count + ofBody.Count - (ofBody.Contains("Content-Length") ? 1 : 0) == granted.Count;
    }
}

/// <summary>The outgoing request was not the granted one. A fault of ours or an attack; never the caller's to see.</summary>
public sealed class TripwireException(string message) : Exception(message);
