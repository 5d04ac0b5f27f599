using System.Collections.Frozen;
using System.Text;

namespace Gateway.Policy.Model;

/// <summary>The operations that an agent was approved for. A permission for another one doesn't help.</summary>
/// <param name="Operations">Each by its connector and its own name.</param>
public sealed record CapabilityManifest(FrozenSet<(Id<Connector> Connector, Id<Operation> Operation)> Operations)
{
    /// <summary>SHA-256 of the operations, one <c>connector/operation</c> a line, in the order of their bytes.</summary>
    public Sha256Digest Digest =>
        Sha256Digest.Of(
            Encoding.UTF8.GetBytes(string.Concat(Operations.Select(o => $"{o.Connector}/{o.Operation}\n").Order(StringComparer.Ordinal)))
        );
}
