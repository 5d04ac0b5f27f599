using System.Collections.Frozen;
using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Vaults;

/// <summary>The sources of credentials by their provider's name. Immutable.</summary>
public sealed class CredentialSources
{
    private readonly FrozenDictionary<string, ICredentialSource> _byProvider;

    /// <exception cref="ArgumentException">Two sources have one name.</exception>
    public CredentialSources(IEnumerable<ICredentialSource> sources)
    {
        var byProvider = new Dictionary<string, ICredentialSource>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            if (!byProvider.TryAdd(source.Provider, source))
            {
                throw new ArgumentException($"Two sources of credentials are named '{source.Provider}'.", nameof(sources));
            }
        }

        _byProvider = byProvider.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>In no particular order.</summary>
    public IReadOnlyList<string> Providers => _byProvider.Keys;

    /// <summary>Null when there is no such provider; the action is then refused.</summary>
    public ICredentialSource? Find(string provider) => _byProvider.GetValueOrDefault(provider);
}
