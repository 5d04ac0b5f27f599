using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Credentials;

/// <summary>
/// Puts a secret where its connector's system wants it. Doing it twice is the same as once: a transform can run twice for one request.
/// </summary>
internal static class Placement
{
    /// <summary>Or .NET would spell what was judged in another way behind the tripwire: it decodes what needn't be encoded.</summary>
    private static readonly UriCreationOptions AsGranted = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <exception cref="CredentialSourceException">The secret holds something that can't stand there, such as a line break that would begin
    /// another header.</exception>
    public static void Apply(HttpRequestMessage request, CredentialUse use, Secret secret, string pathAndQuery)
    {
        var value = secret.Reveal();
        if (value.Length == 0 || value.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
        {
            throw new CredentialSourceException($"{use.Reference} holds characters that can't go into a request.");
        }

        switch (use.Placement)
        {
            case CredentialPlacement.Header:
                Set(request, use.Name, value);
                break;
            case CredentialPlacement.Scheme:
                Set(request, "Authorization", $"{use.Name} {value}");
                break;
            case CredentialPlacement.Basic:
                Set(request, "Authorization", $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(value))}");
                break;
            case CredentialPlacement.Query:
                // From the granted path and not from what is there, so that a second time replaces the first.
                var separator = pathAndQuery.Contains('?', StringComparison.Ordinal) ? '&' : '?';
                var whole =
                    request.RequestUri!.GetLeftPart(UriPartial.Authority)
                    + $"{pathAndQuery}{separator}{Uri.EscapeDataString(use.Name)}={Uri.EscapeDataString(value)}";
                request.RequestUri = new Uri(whole, AsGranted);
                break;
            case CredentialPlacement.Unspecified:
                throw new CredentialSourceException($"{use.Reference} has no placement.");
        }
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        if (!request.Headers.TryAddWithoutValidation(name, value))
        {
            throw new CredentialSourceException($"The header {name} can't carry a credential.");
        }
    }
}
