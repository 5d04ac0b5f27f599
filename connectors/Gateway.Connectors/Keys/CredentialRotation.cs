using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Keys;

/// <summary>
/// Seals the derived keys in the durable store under the current data encryption key, so that older keys can be dropped. Bearer hashes
/// can't be made anew without their secrets: an older pepper is dropped when the last key under it has expired.
/// </summary>
public static class CredentialRotation
{
    /// <returns>How many were sealed anew. One that changed meanwhile is left for the next time.</returns>
    /// <exception cref="DurableStoreException">The store can't be read or written; what was done until then holds.</exception>
    /// <exception cref="EnvelopeException">One doesn't open; what was done until then holds.</exception>
    public static async Task<int> RotateAsync(
        IDurableStore store,
        Envelope envelope,
        Id<Tenant> tenant,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var rotated = 0;
        foreach (var record in await store.ListCredentialsAsync(tenant, cancellationToken))
        {
            if (record.Kind != CredentialKind.HmacSha256 || !envelope.NeedsRewrap(record.Material))
            {
                continue;
            }

            var rewrapped = envelope.Rewrap(tenant, CredentialMaterial.NameOf(record.Id), record.Material);
            if (await store.ReplaceMaterialAsync(tenant, record.Id, record.Material, rewrapped, at, cancellationToken))
            {
                rotated++;
            }
        }

        return rotated;
    }
}
