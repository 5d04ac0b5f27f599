using System.Buffers;
using System.Text;
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

    /// <summary>What was asked for where something else may go out; left out where nothing is.</summary>
    public static void WriteAsked(CanonicalJsonWriter writer, Intent? asked)
    {
        if (asked is null)
        {
            return;
        }

        writer.Name("asked"u8);
        writer.StartObject();
        WriteHostedTools(writer, asked.HostedTools);
        writer.Member("model"u8, asked.Model);
        writer.Member("operation"u8, asked.Operation.ToString());
        WriteTarget(writer, asked.Target);
        writer.EndObject();
    }

    /// <summary>Left out where there is none.</summary>
    public static void WriteHostedTools(CanonicalJsonWriter writer, IReadOnlyList<Id<Operation>> tools)
    {
        if (tools.Count == 0)
        {
            return;
        }

        writer.Name("hosted_tools"u8);
        writer.StartArray();
        for (var i = 0; i < tools.Count; i++)
        {
            writer.String(tools[i].ToString());
        }

        writer.EndArray();
    }

    public static void WritePath(CanonicalJsonWriter writer, IReadOnlyList<PathEntry> path)
    {
        writer.Name("path"u8);
        writer.StartArray();
        for (var i = 0; i < path.Count; i++)
        {
            WriteEntry(writer, path[i]);
        }

        writer.EndArray();
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
            writer.Member("source"u8, entry.Source.ToString());
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

    /// <summary>The path in clear, since routes are named by it; the query as a digest, left out where there is none.</summary>
    public static void WriteTarget(CanonicalJsonWriter writer, IntentTarget target)
    {
        var mark = target.PathAndQuery.IndexOf('?', StringComparison.Ordinal);
        writer.Name("target"u8);
        writer.StartObject();
        writer.Member("authority"u8, target.Authority);
        writer.Member("content_digest"u8, target.Content);
        writer.Member("headers_digest"u8, target.Headers);
        writer.Member("method"u8, target.Method);
        writer.Name("path"u8);
        writer.String(target.PathAndQuery.AsSpan(0, mark < 0 ? target.PathAndQuery.Length : mark));
        writer.Member("query_digest"u8, mark < 0 ? null : DigestOf(target.PathAndQuery.AsSpan(mark + 1)));
        writer.EndObject();
    }

    private static void WriteEntry(CanonicalJsonWriter writer, PathEntry entry)
    {
        writer.StartObject();
        writer.Member("control"u8, (long)entry.Control);
        writer.Member("inputs"u8, entry.Inputs);
        writer.Member("outcome"u8, RecordNames.Of(entry.Outcome));
        writer.Member("reason"u8, entry.Reason == ReasonCode.None ? null : Reasons.Of(entry.Reason).Code);
        writer.Member("source"u8, entry.Source?.ToString());
        writer.EndObject();
    }

    private static Sha256Digest DigestOf(ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var digest = Sha256Digest.Of(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        return digest;
    }
}
