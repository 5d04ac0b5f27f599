using System.Buffers;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>
/// A decision as bytes, in canonical form: all of it that a record holds, but for where in which file a document lay, which means nothing.
/// Equal decisions have equal bytes, so that one derived again can be compared with the one recorded.
/// </summary>
public static class DecisionForm
{
    public static byte[] Of(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return Written(writer =>
        {
            writer.StartObject();
            DecisionParts.WriteApprovals(writer, decision);
            writer.Member("judged_level"u8, RecordNames.Of(decision.Level));
            DecisionParts.WriteObligations(writer, decision.Obligations);
            if (decision.OpensIncident)
            {
                writer.Name("opens_incident"u8);
                writer.Bool(true);
            }

            DecisionParts.WritePath(writer, [.. decision.Path.Select(entry => entry with { Source = null })]);
            writer.Member("reasons"u8, decision.Reasons);
            DecisionParts.WriteRules(writer, [.. decision.Rules.Select(entry => entry with { Source = default })]);
            writer.Member("severity"u8, RecordNames.Of(decision.Severity));
            writer.Member("verdict"u8, RecordNames.Of(decision.Verdict));
            writer.EndObject();
        });
    }

    internal static byte[] Written(Action<CanonicalJsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        write(new CanonicalJsonWriter(output));
        return output.WrittenSpan.ToArray();
    }
}
