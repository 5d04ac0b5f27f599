using System.Collections.Frozen;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>
/// Reads an agent's <c>capabilities</c>. With a digest in it, no operation can be added unseen: the digest must change with it.
/// </summary>
internal static class CapabilityFields
{
    private const int MaxOperations = 500;

    private static readonly FieldFormat<(Id<Connector> Connector, Id<Operation> Operation)> Capability = new(
        "a connector and one of its operations, divided by '/'",
        "crm/get-contact",
        (string text, out (Id<Connector> Connector, Id<Operation> Operation) value) =>
        {
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            value = default;
            return slash > 0
                && Id<Connector>.TryParse(text[..slash], out value.Connector)
                && Id<Operation>.TryParse(text[(slash + 1)..], out value.Operation);
        },
        value => $"{value.Connector}/{value.Operation}"
    );

    private static readonly FieldFormat<Sha256Digest> Digest = new(
        "a SHA-256 digest in hexadecimal",
        new string('0', 64),
        (string text, out Sha256Digest value) => Sha256Digest.TryParse(text, out value),
        value => value.ToString()
    );

    public static CapabilityManifest? Read(MappingReader spec) =>
        spec.Section(
            "capabilities",
            section =>
            {
                var operations = section.List("operations", Capability, fallback: null, least: 0, MaxOperations);
                for (var i = 0; i < operations.Count; i++)
                {
                    var (connector, operation) = operations[i];
                    section.Refer(DocumentKinds.Connector, connector.ToString(), $"operations[{i}]");
                    section.Refer(Reference.Operation, operation.ToString(), $"operations[{i}]", [connector]);
                }

                var manifest = new CapabilityManifest(operations.ToFrozenSet());
                if (section.OptionalValue("digest", Digest) is { } digest && digest != manifest.Digest)
                {
                    section.Fail(
                        "digest",
                        "It isn't that of the operations: they were changed after the approval.",
                        $"Have the list approved; its digest is {manifest.Digest}."
                    );
                }

                return manifest;
            }
        );
}
