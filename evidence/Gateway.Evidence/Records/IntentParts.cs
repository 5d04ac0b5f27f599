using System.Buffers;
using System.Text;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>The members of a decision's record that say what was asked.</summary>
internal static class IntentParts
{
    /// <summary>Left out where there is none.</summary>
    public static void WriteHostedTools(CanonicalJsonWriter writer, IReadOnlyList<Id<Operation>> tools)
    {
        if (tools.Count > 0)
        {
            WriteNames(writer, "hosted_tools"u8, tools);
        }
    }

    /// <summary>A resource's address without its query, which can carry personal data; left out where there is none.</summary>
    public static void WriteMcpName(CanonicalJsonWriter writer, string? name)
    {
        if (name is not null)
        {
            var mark = name.IndexOf('?', StringComparison.Ordinal);
            writer.Name("mcp_name"u8);
            writer.String(name.AsSpan(0, mark < 0 ? name.Length : mark));
        }
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

    /// <summary>
    /// What was kept of the values that the decision read. Always there: what isn't in it was not read, but for a kept value that would be
    /// too long, which says so.
    /// </summary>
    public static void WriteRead(CanonicalJsonWriter writer, RecordedArguments values)
    {
        writer.Name("read"u8);
        writer.StartObject();
        if (values.HasArguments)
        {
            writer.Name("arguments"u8);
            WriteArguments(writer, values);
        }

        writer.Member("query"u8, values.Query);
        writer.EndObject();
    }

    /// <summary>In what the action that may go out differs from the one that was judged; left out where it doesn't.</summary>
    public static void WriteGranted(CanonicalJsonWriter writer, Intent judged, Intent? granted)
    {
        if (granted is null || ReferenceEquals(granted, judged))
        {
            return;
        }

        // Each once: to compare two digests takes longer than to write one.
        var content = granted.Target.Content != judged.Target.Content;
        var place = !IsSamePlace(granted.Target, judged.Target);
        var tools = !ReferenceEquals(granted.HostedTools, judged.HostedTools) && !granted.HostedTools.SequenceEqual(judged.HostedTools);
        var (model, operation) = (granted.Model != judged.Model, granted.Operation != judged.Operation);
        if (!(content || place || tools || model || operation))
        {
            return;
        }

        writer.Name("granted"u8);
        writer.StartObject();
        writer.Member("content_digest"u8, content ? granted.Target.Content : null);
        if (tools)
        {
            WriteNames(writer, "hosted_tools"u8, granted.HostedTools);
        }

        writer.Member("model"u8, model ? granted.Model : null);
        writer.Member("operation"u8, operation ? granted.Operation.ToString() : null);
        if (place)
        {
            WriteTarget(writer, granted.Target);
        }

        writer.EndObject();
    }

    /// <summary>Whether all of the target is the same but for the content.</summary>
    private static bool IsSamePlace(IntentTarget one, IntentTarget other) =>
        one.PathAndQuery == other.PathAndQuery
        && one.Authority == other.Authority
        && one.Method == other.Method
        && one.Headers == other.Headers;

    /// <summary>The text as it was, so that a number keeps its digits: canonical form would write it anew.</summary>
    private static void WriteArguments(CanonicalJsonWriter writer, RecordedArguments values)
    {
        writer.StartObject();
        writer.Name("paths"u8);
        writer.StartArray();
        for (var i = 0; i < values.Paths.Count; i++)
        {
            writer.String(values.Paths[i].ToString());
        }

        writer.EndArray();
        if (values.TooLong)
        {
            writer.Name("too_long"u8);
            writer.Bool(true);
        }

        if (!values.Arguments.IsEmpty)
        {
            writer.Member("values"u8, Encoding.UTF8.GetString(values.Arguments.Span));
        }

        writer.EndObject();
    }

    private static void WriteNames(CanonicalJsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<Id<Operation>> operations)
    {
        writer.Name(name);
        writer.StartArray();
        for (var i = 0; i < operations.Count; i++)
        {
            writer.String(operations[i].ToString());
        }

        writer.EndArray();
    }

    private static Sha256Digest DigestOf(ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var digest = Sha256Digest.Compute(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        return digest;
    }
}
