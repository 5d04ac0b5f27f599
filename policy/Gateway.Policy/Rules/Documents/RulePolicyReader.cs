using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>
/// Reads a bare rule file (<c>schema_id: gait.gate.policy</c>), strictly, with every error at once. Pure; never throws for any text.
/// </summary>
public static class RulePolicyReader
{
    /// <summary>The policy, or what is wrong with the file; never both.</summary>
    public static Validated<RulePolicy> Read(SourceFile file)
    {
        var errors = new ErrorList();
        var documents = NodeReader.Read(file, most: 1, errors);
        var policy = ReadDocument(documents.Count > 0 ? documents[0] : null, new SourcePosition(file.Name, 0, 0), errors);
        return errors.Count == 0 ? new(policy, []) : new(null, errors.InOrder());
    }

    private static RulePolicy? ReadDocument(Node? document, SourcePosition whole, ErrorList errors)
    {
        switch (document)
        {
            case null or ScalarNode { IsNull: true }:
                // A file of comments only means the defaults: everything needs approval.
                return ReadPolicy(MappingNode.Empty(whole), errors);
            case MappingNode mapping:
                return ReadPolicy(mapping, errors);
            default:
                errors.Add(
                    document.Position,
                    "",
                    "A rule file is a mapping of fields.",
                    $"Begin it with 'schema_id: {RulePolicy.SchemaId}'."
                );
                return null;
        }
    }

    private static RulePolicy ReadPolicy(MappingNode mapping, ErrorList errors)
    {
        var fields = new RuleFields(mapping, "", errors);
        LegacyFields.Refuse(fields, mapping, errors);
        ReadExactly(fields, "schema_id", RulePolicy.SchemaId);
        ReadExactly(fields, "schema_version", RulePolicy.SchemaVersion);
        var policy = new RulePolicy
        {
            Combine = RuleCombine.FirstTier,
            DefaultVerdict = VerdictFields.Read(fields, "default_verdict", "default_action") ?? Verdict.RequireApproval,
            Scripts = fields.Section("scripts", ScriptLimits.Read) ?? new ScriptLimits(),
            FailClosed = fields.Section("fail_closed", FailClosedSection.Read) ?? new FailClosedSection(),
            McpTrust = fields.Section("mcp_trust", McpTrustSection.Read),
            Rules = RuleReader.ReadList(fields, "rules", RuleDialect.Gait),
        };
        fields.End();
        return policy;
    }

    private static void ReadExactly(RuleFields fields, string name, string only)
    {
        if (fields.Text(name) is { Length: > 0 } text && text != only)
        {
            fields.Fail(name, $"The {name} {ErrorText.Quote(text)} is not supported.", $"Write {only}.");
        }
    }
}
