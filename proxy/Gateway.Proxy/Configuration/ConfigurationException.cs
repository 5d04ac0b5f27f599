namespace Gateway.Proxy.Configuration;

/// <summary>The process can't start as it is configured. For operators: names keys and remedies, never a secret's value.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> errors)
    : Exception("The configuration has errors:\n" + string.Join('\n', errors.Select(e => "  - " + e)))
{
    /// <summary>Every error, one sentence or two each.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
