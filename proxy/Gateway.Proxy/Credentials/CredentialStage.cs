using System.Collections.Concurrent;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Obligations;

namespace Gateway.Proxy.Credentials;

/// <summary>
/// Fetches the secret that a grant, or a channel of notices, names. Nothing else asks the sources, nothing keeps, logs or returns a secret:
/// it goes into what is sent and is gone.
/// </summary>
public sealed class CredentialStage(CredentialsOptions options, CredentialSources sources, TimeProvider time)
{
    private readonly TimeSpan _cache = options.Cache;
    private readonly TimeSpan _deadline = options.Deadline;
    private readonly ConcurrentDictionary<(Id<Tenant>, CredentialReference), Held> _held = new();

    /// <summary>The secret for a grant; null for a connector that takes none.</summary>
    /// <exception cref="CredentialSourceException">It can't be had, in time or at all.</exception>
    internal async ValueTask<Secret?> FetchAsync(Grant grant, CancellationToken cancellationToken) =>
        grant.Connector.Credential is { } use ? await FetchAsync(grant.Intent.Tenant, use.Reference, cancellationToken) : null;

    /// <summary>A secret of a tenant's, for what Gateway sends of its own accord.</summary>
    /// <exception cref="CredentialSourceException">It can't be had, in time or at all.</exception>
    internal async ValueTask<Secret> FetchAsync(Id<Tenant> tenant, CredentialReference reference, CancellationToken cancellationToken)
    {
        var key = (tenant, reference);
        if (_held.TryGetValue(key, out var held) && time.GetElapsedTime(held.Since) < _cache)
        {
            return held.Secret;
        }

        var since = time.GetTimestamp();
        var secret = await AskAsync(tenant, reference, cancellationToken);
        secret = held?.Secret.Reveal() == secret.Reveal() ? held.Secret : secret; // With all that was made of it.
        _held[key] = new Held(secret, since);
        return secret;
    }

    private async Task<Secret> AskAsync(Id<Tenant> tenant, CredentialReference reference, CancellationToken cancellationToken)
    {
        var source = sources.Find(reference.Provider) ?? throw new CredentialSourceException($"There is no provider for {reference}.");
        try
        {
            // On a thread of its own: a source that blocks before it awaits (a mount that hangs) would otherwise know no deadline.
            return await Task.Run(() => source.FetchAsync(tenant, reference, cancellationToken).AsTask(), cancellationToken)
                    .WaitAsync(_deadline, time, cancellationToken)
                ?? throw new CredentialSourceException($"There is no {reference}.");
        }
        catch (TimeoutException e)
        {
            throw new CredentialSourceException($"{reference} could not be read in time.", e);
        }
    }

    private sealed record Held(Secret Secret, long Since)
    {
        public override string ToString() => "***";
    }
}

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
