using Gateway.Cel.Text;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Intents;

/// <summary>Reads <c>arg_provenance</c>.</summary>
internal static class ProvenanceFields
{
    public static IReadOnlyList<ArgProvenance> Read(JsonFields fields) => Normalise(fields.Sections("arg_provenance", ReadEntry));

    /// <summary>Without repetitions, by their fields as they are declared.</summary>
    public static IReadOnlyList<ArgProvenance> Normalise(IEnumerable<ArgProvenance> provenance) =>
        [
            .. provenance
                .Distinct()
                .OrderBy(entry => entry.ArgPath, CodePointOrder.Instance)
                .ThenBy(entry => entry.Source, CodePointOrder.Instance)
                .ThenBy(entry => entry.SourceRef, CodePointOrder.Instance)
                .ThenBy(entry => entry.IntegrityDigest, CodePointOrder.Instance),
        ];

    private static ArgProvenance ReadEntry(JsonFields fields) =>
        new(
            fields.Required("arg_path", fields.Text("arg_path")),
            fields.CheckWord("source", fields.Required("source", fields.Lower("source")), RuleWords.ProvenanceSources),
            fields.Text("source_ref"),
            fields.Digest("integrity_digest")
        );
}
