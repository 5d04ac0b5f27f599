using Gateway.Policy.Documents;

namespace Gateway.Policy.Rules.Documents;

/// <summary>
/// The top-level fields of an early draft of the format, which some files still have. They get one error that names what took their place,
/// in the words that tools look for.
/// </summary>
internal static class LegacyFields
{
    private static readonly (string Field, string Instead)[] Drafts =
    [
        ("version", "schema_id|schema_version (set schema_id=gait.gate.policy and schema_version=1.0.0)"),
        ("name", "remove it; names stand under rules[].name"),
        ("boundaries", "rules|mcp_trust"),
        ("defaults", "default_verdict|fail_closed"),
        ("trust_sources", "mcp_trust.snapshot (put external trust data into a local snapshot first)"),
        ("unknown_server", "mcp_trust.action (a server that the snapshot lacks is unknown)"),
    ];

    public static void Refuse(RuleFields fields, MappingNode mapping, ErrorList errors)
    {
        var found = Drafts.Where(draft => fields.Has(draft.Field)).ToArray();
        if (found.Length == 0)
        {
            return;
        }

        fields.Ignore(found.Select(draft => draft.Field));
        errors.Add(
            mapping.Entries[found[0].Field].Position,
            found[0].Field,
            $"legacy policy proposal fields are not supported [{string.Join(", ", found.Select(draft => draft.Field))}]:",
            string.Join("; ", found.Select(draft => $"{draft.Field}->{draft.Instead}")) + "."
        );
    }
}
