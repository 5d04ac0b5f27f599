using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Gait.Packs.Bundles;

/// <summary>
/// Which files of a bundle speak to which controls. They help an auditor to find things; they don't say that a control is met.
/// </summary>
public static class ControlTemplates
{
    private static readonly Dictionary<string, (string Id, string Title, string[] Files)[]> All = new()
    {
        ["soc2"] =
        [
            ("CC6.6", "Boundary protection", ["trace_summary.json", "approval_audit_", "credential_evidence_"]),
            ("CC7.2", "Monitoring of anomalies", ["trace_summary.json", "runpack_summary.json", "regress_summary.json"]),
            ("CC8.1", "Change management", ["regress_summary.json", "policy_digests.json", "approval_audit_"]),
        ],
        ["pci"] =
        [
            ("PCI-10", "Log and monitor access", ["trace_summary.json", "runpack_summary.json"]),
            ("PCI-12", "Support security with policies", ["policy_digests.json", "regress_summary.json"]),
            ("PCI-7", "Restrict access by need to know", ["trace_summary.json", "approval_audit_", "credential_evidence_"]),
        ],
        ["incident_response"] =
        [
            ("IR-CHAIN", "Chain of evidence", ["referenced_runpacks.json", "trace_summary.json", "evidence_pointers.json"]),
            ("IR-ROOTCAUSE", "Root cause", ["runpack_summary.json", "policy_digests.json", "regress_summary.json"]),
        ],
    };

    public static IReadOnlyList<string> Names { get; } = [.. All.Keys.Order(StringComparer.Ordinal)];

    internal static JsonArray Index(string template, IEnumerable<string> files) =>
        [
            .. All[template]
                .Select(control => new JsonObject
                {
                    ["control_id"] = control.Id,
                    ["title"] = control.Title,
                    ["evidence_paths"] = files
                        .Where(file =>
                            control.Files.Any(name =>
                                file == name || (name.EndsWith('_') && file.StartsWith(name, StringComparison.Ordinal))
                            )
                        )
                        .ToJson(),
                }),
        ];
}
