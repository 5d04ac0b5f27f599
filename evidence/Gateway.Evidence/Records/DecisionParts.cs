using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>The nested members of a decision's record.</summary>
internal static class DecisionParts
{
    public static void WriteObligations(CanonicalJsonWriter writer, Obligations obligations)
    {
        writer.Name("obligations"u8);
        ObligationForm.Write(writer, obligations);
    }

    /// <summary>The obligations that were met, in the order of meeting them; left out where none was.</summary>
    public static void WriteMet(CanonicalJsonWriter writer, IReadOnlyList<string> met)
    {
        if (met.Count > 0)
        {
            WriteList(writer, "obligations_met"u8, met);
        }
    }

    /// <summary>Whose approval would help, and of how many; left out where none is needed.</summary>
    public static void WriteApprovals(CanonicalJsonWriter writer, Decision decision)
    {
        if (decision.Approvals.Count > 0)
        {
            writer.Name("approvals"u8);
            writer.StartArray();
            for (var i = 0; i < decision.Approvals.Count; i++)
            {
                writer.String(decision.Approvals[i].Name);
            }

            writer.EndArray();
        }

        if (decision.ApprovalsNeeded > 0)
        {
            writer.Member("approvals_needed"u8, decision.ApprovalsNeeded);
        }
    }

    /// <summary>The approval that the decision was judged with: its id, who gave it, and whether in an emergency.</summary>
    public static void WriteApproval(CanonicalJsonWriter writer, ApprovalFact approval)
    {
        writer.Name("approval"u8);
        writer.StartObject();
        if (approval.BreakGlass)
        {
            writer.Name("break_glass"u8);
            writer.Bool(true);
        }

        writer.Member("id"u8, approval.Id);
        WriteList(writer, "people"u8, approval.People);
        writer.EndObject();
    }

    /// <summary>One entry a control.</summary>
    public static void WritePath(CanonicalJsonWriter writer, DecisionPath path)
    {
        writer.Name("path"u8);
        PathForm.Write(writer, path);
    }

    /// <summary>What each policy came to; left out where none was asked.</summary>
    public static void WriteRules(CanonicalJsonWriter writer, IReadOnlyList<RuleEntry> rules)
    {
        if (rules.Count == 0)
        {
            return;
        }

        writer.Name("rules"u8);
        writer.StartArray();
        for (var i = 0; i < rules.Count; i++)
        {
            var entry = rules[i];
            writer.StartObject();
            writer.Member("policy"u8, entry.Policy);
            WriteList(writer, "reason_codes"u8, entry.ReasonCodes);
            WriteList(writer, "rules"u8, entry.Rules);
            writer.Member("source"u8, entry.Source);
            writer.Member("verdict"u8, RecordNames.Of(entry.Verdict));
            WriteList(writer, "violations"u8, entry.Violations);
            writer.EndObject();
        }

        writer.EndArray();
    }

    private static void WriteList(CanonicalJsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        writer.Name(name);
        writer.StartArray();
        for (var i = 0; i < texts.Count; i++)
        {
            writer.String(texts[i]);
        }

        writer.EndArray();
    }
}
