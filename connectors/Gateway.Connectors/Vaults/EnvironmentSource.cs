using System.Collections.Frozen;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// Secrets from the process' environment: the reference's path is the variable's name, which must begin with the tenant's own
/// <see cref="PrefixOf">prefix</see>, so that a document can't name Gateway's keys or another tenant's secrets.
/// </summary>
public sealed class EnvironmentSource : ICredentialSource
{
    /// <value>What every variable that can be read starts with.</value>
    public const string Prefix = "GATEWAY_SECRET_";

    // Ordinal, whatever the given dictionary compares by: prefixes of two tenants may differ in case only.
    private readonly FrozenDictionary<string, string> _variables;

    /// <param name="variables">The environment; only what starts with <see cref="Prefix"/> is kept.</param>
    public EnvironmentSource(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            if (value is not null && name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                kept[name] = value;
            }
        }

        _variables = kept.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public string Provider => "environment";

    public ValueTask<Secret?> FetchAsync(Id<Tenant> tenant, CredentialReference reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (
            !SecretText.IsMeantFor(Provider, tenant, reference)
            || !reference.Path.StartsWith(PrefixOf(tenant), StringComparison.Ordinal)
            || !_variables.TryGetValue(reference.Path, out var value)
        )
        {
            return new((Secret?)null);
        }

        return new(SecretText.Select(value, reference));
    }

    /// <summary>
    /// <c>GATEWAY_SECRET_{TENANT}_</c>: letters in capitals, and <c>-</c>, <c>.</c>, <c>_</c> as <c>x2d</c>, <c>x2e</c>, <c>x5f</c>. With
    /// the underscore itself the variable <c>…_A_B_KEY</c> would belong to the tenants <c>a</c> and <c>a_b</c> alike.
    /// </summary>
    public static string PrefixOf(Id<Tenant> tenant)
    {
        var prefix = new StringBuilder(Prefix);
        foreach (var c in tenant.ToString())
        {
            _ = c switch
            {
                '-' => prefix.Append("x2d"),
                '.' => prefix.Append("x2e"),
                '_' => prefix.Append("x5f"),
                _ => prefix.Append(char.ToUpperInvariant(c)),
            };
        }

        return prefix.Append('_').ToString();
    }
}
