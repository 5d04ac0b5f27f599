using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity.Signing;

/// <summary>
/// Signs requests to Gateway: digest of the body, identity headers, RFC 9421 signature under Gateway's profile (docs/signing.md). One for
/// a key; thread-safe if the key is. Sign last: a header that is added afterwards isn't covered, and Gateway refuses the request. Each
/// request, a repeated one too, must be signed anew.
/// </summary>
public sealed class RequestSigner(SigningKey key, SigningIdentity identity, TimeProvider time)
{
    private const int NonceBytes = 18;

    private static readonly SigningOptions Defaults = new();

    public Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SignAsync(request, Defaults, cancellationToken);

    /// <summary>Reads the content into memory, sets the headers and signs. What an earlier call set is replaced.</summary>
    /// <exception cref="ArgumentException">The request has no absolute address.</exception>
    /// <exception cref="InvalidOperationException">It can't be signed: a covered header is missing or isn't printable ASCII.</exception>
    public async Task SignAsync(HttpRequestMessage request, SigningOptions options, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } target)
        {
            throw new ArgumentException("The request needs an absolute address before it can be signed.", nameof(request));
        }

        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Set(request, "Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:");
        Set(request, "Gateway-Tenant", identity.Tenant.ToString());
        Set(request, "Gateway-Workspace", identity.Workspace.ToString());
        Set(request, "Gateway-Agent", identity.Agent.ToString());

        var parameters = Parameters(options.Components ?? SignedHeaders.Of(request), options);
        var signature = Sign(new OutgoingMessage(request, target), parameters);
        Set(request, "Signature-Input", $"{options.Label}={parameters}");
        Set(request, "Signature", $"{options.Label}=:{Convert.ToBase64String(signature)}:");
    }

    private byte[] Sign(OutgoingMessage message, string parameters)
    {
        var output = new PooledAscii();
        try
        {
            return SignatureBase.TryWrite(message, parameters, ref output)
                ? key.Sign(output.Written)
                : throw new InvalidOperationException(
                    "The request can't be signed: each covered component must be there once, in printable ASCII, at most 64 in all: "
                        + parameters
                );
        }
        finally
        {
            output.Dispose();
        }
    }

    private string Parameters(IReadOnlyList<string> components, SigningOptions options)
    {
        var created = (options.Created ?? time.GetUtcNow()).ToUnixTimeSeconds();
        var text = new StringBuilder("(").AppendJoin(' ', components.Select(name => $"\"{name}\"")).Append(')');
        text.Append(CultureInfo.InvariantCulture, $";created={created};expires={created + (long)options.Lifetime.TotalSeconds}");
        text.Append(CultureInfo.InvariantCulture, $";nonce=\"{options.Nonce ?? NewNonce()}\";keyid=\"{key.KeyId}\"");
        if (options.StateAlgorithm)
        {
            text.Append(CultureInfo.InvariantCulture, $";alg=\"{key.Algorithm}\"");
        }

        return text.Append(CultureInfo.InvariantCulture, $";tag=\"{SignatureProfile.Tag}\"").ToString();
    }

    private static string NewNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }
}
