using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Cli.Serving;

/// <summary>How the service that judges tool calls listens, and to whom.</summary>
public sealed class EvaluationOptions
{
    /// <value>Characters that a token has at least: as many as 128 random bits take in base64.</value>
    private const int ShortestToken = 22;

    private readonly byte[]? _token;

    /// <param name="token">What callers prove themselves with; null for none, which is for this machine only.</param>
    /// <exception cref="ArgumentException">Others could reach it without a token, or the token is short.</exception>
    public EvaluationOptions(IPEndPoint listen, string? token)
    {
        ArgumentNullException.ThrowIfNull(listen);
        if (token is null && !IPAddress.IsLoopback(listen.Address))
        {
            throw new ArgumentException(
                $"{listen} can be reached from other machines, and there is no token to tell callers by.",
                nameof(token)
            );
        }

        if (token is { Length: < ShortestToken })
        {
            throw new ArgumentException($"The token has under {ShortestToken} characters: it could be guessed.", nameof(token));
        }

        Listen = listen;
        _token = token is null ? null : Digest(token);
    }

    public IPEndPoint Listen { get; }

    /// <value>Bytes of a request's body. Default 1 MiB.</value>
    public long MaxRequestBytes { get; init; } = 1 << 20;

    /// <summary>Whether every verdict is answered with 200, so that only the answer's text says that nothing may be executed.</summary>
    public bool CompatibleStatus { get; init; }

    public bool NeedsToken => _token is not null;

    /// <summary>Compares digests, so that the time it takes says nothing about the token.</summary>
    public bool IsToken(string given) => _token is not null && CryptographicOperations.FixedTimeEquals(_token, Digest(given));

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
