using System.Collections.Frozen;
using Gateway.Connectors.Models;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// What of the headers that were sent matters to <see cref="HeaderRules"/>, from one walk over them and not one look for each name that is
/// known: most requests send few of them.
/// </summary>
internal struct SentHeaders
{
    /// <summary>Whether there is one that only Gateway says.</summary>
    public bool HasOurOwn { get; private set; }

    /// <summary>The last that can't come in; null for none.</summary>
    public string? Refused { get; private set; }

    /// <summary>The last that can't come twice and did; null for none.</summary>
    public string? Twice { get; private set; }

    /// <summary>The last that is a provider's credential; null for none.</summary>
    public string? Providers { get; private set; }

    /// <summary>How many are credentials of the agent's own, without signatures.</summary>
    public int Credentials { get; private set; }

    public bool IsSigned { get; private set; }

    /// <param name="known">Names that something is known of, whatever their case.</param>
    public static SentHeaders In(IHeaderDictionary headers, FrozenDictionary<string, HeaderTraits> known)
    {
        var sent = default(SentHeaders);
        foreach (KeyValuePair<string, StringValues> header in headers)
        {
            if (known.TryGetValue(header.Key, out var traits))
            {
                sent.Add(header.Key, header.Value.Count, traits);
            }
            else if (ProviderCredentialHeaders.IsProviderCredentialHeader(header.Key))
            {
                sent.Providers = header.Key;
            }
        }

        return sent;
    }

    private void Add(string name, int count, in HeaderTraits traits)
    {
        HasOurOwn |= traits.IsOurOwn;
        Refused = traits.IsRefused ? name : Refused;
        Twice = traits.IsSingle && count > 1 ? name : Twice;
        Providers = traits.IsProviders ? name : Providers;
        Credentials += traits.IsCredential ? 1 : 0;
        IsSigned |= traits.IsSignature;
    }
}

/// <summary>What is known of a header by its name.</summary>
/// <param name="IsOurOwn">Only Gateway says it.</param>
/// <param name="IsRefused">It can't come in.</param>
/// <param name="IsSingle">It can't come twice.</param>
/// <param name="IsProviders">It carries a provider's credential.</param>
/// <param name="IsCredential">An agent proves itself with it, other than by a signature.</param>
/// <param name="IsSignature">It is part of a signature.</param>
internal readonly record struct HeaderTraits(
    bool IsOurOwn,
    bool IsRefused,
    bool IsSingle,
    bool IsProviders,
    bool IsCredential,
    bool IsSignature
);
