using System.Diagnostics;
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

/// <summary>
/// Secret text that can't be shown by accident: printing, formatting or debugging it gives stars. Only <see cref="Reveal"/> gives the
/// value, so that every use can be found.
/// </summary>
[DebuggerDisplay("***")]
public sealed class Secret(string value)
{
    private readonly string _value = value;

    /// <summary>The value. Only where it is put into an outgoing request or checked against one.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}
