using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Obligations;

namespace Gateway.Proxy.Credentials;

/// <summary>
/// Fetches the secret that a grant names. Nothing else asks the sources, nothing keeps, logs or returns a secret: it goes into the outgoing
/// request and is gone.
/// </summary>
public sealed class CredentialStage(CredentialsOptions options, CredentialSources sources, TimeProvider time)
{
    private readonly ConcurrentDictionary<(Id<Tenant>, CredentialReference), Held> _held = new();

    /// <summary>The secret for a grant; null for a connector that takes none.</summary>
    /// <exception cref="CredentialSourceException">It can't be had, in time or at all.</exception>
    internal async ValueTask<Secret?> FetchAsync(Grant grant, CancellationToken cancellationToken)
    {
        if (grant.Connector.Credential is not { } use)
        {
            return null;
        }

        var key = (grant.Intent.Tenant, use.Reference);
        if (_held.TryGetValue(key, out var held) && time.GetElapsedTime(held.Since) < options.Cache)
        {
            return held.Secret;
        }

        var since = time.GetTimestamp();
        var secret = await FetchAsync(grant.Intent.Tenant, use.Reference, cancellationToken);
        _held[key] = new Held(secret, since);
        return secret;
    }

    private async Task<Secret> FetchAsync(Id<Tenant> tenant, CredentialReference reference, CancellationToken cancellationToken)
    {
        var source = sources.Find(reference.Provider) ?? throw new CredentialSourceException($"There is no provider for {reference}.");
        try
        {
            // On a thread of its own: a source that blocks before it awaits (a mount that hangs) would otherwise know no deadline.
            return await Task.Run(() => source.FetchAsync(tenant, reference, cancellationToken).AsTask(), cancellationToken)
                    .WaitAsync(options.Deadline, time, cancellationToken)
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
