using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>One place that secrets for the outside come from. Doesn't cache: the Credentials room does. Thread-safe.</summary>
public interface ICredentialSource
{
    /// <summary>The provider's part of a reference, such as <c>local</c>.</summary>
    string Provider { get; }

    /// <summary>The secret, or null when there is none such for this tenant.</summary>
    /// <exception cref="CredentialSourceException">The source can't be read. Never carries secret material.</exception>
    ValueTask<Secret?> FetchAsync(Id<Tenant> tenant, CredentialReference reference, CancellationToken cancellationToken);
}

/// <summary>A source of credentials couldn't be read. The message names the reference, never the value; it is for operators.</summary>
public sealed class CredentialSourceException(string message, Exception? inner = null) : Exception(message, inner);
