namespace Gateway.Proxy.FrontDoor;

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
