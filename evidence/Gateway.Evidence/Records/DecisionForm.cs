using System.Buffers;
using System.Text.Json;
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

    /// <summary>Of the decision in a record's body; null where that has none.</summary>
    public static byte[]? OfRecord(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Of(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[] Of(JsonElement body) =>
        Written(writer =>
        {
            writer.StartObject();
            Copy(writer, body, "approvals", required: false);
            Copy(writer, body, "approvals_needed", required: false);
            Copy(writer, body, "judged_level", required: true);
            Copy(writer, body, "obligations", required: true);
            Copy(writer, body, "opens_incident", required: false);
            CopyEntries(writer, body, "path");
            Copy(writer, body, "reasons", required: true);
            if (body.Find("rules") is not null)
            {
                CopyEntries(writer, body, "rules");
            }

            Copy(writer, body, "severity", required: true);
            Copy(writer, body, "verdict", required: true);
            writer.EndObject();
        });

    private static byte[] Written(Action<CanonicalJsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        write(new CanonicalJsonWriter(output));
        return output.WrittenSpan.ToArray();
    }

    private static void Copy(CanonicalJsonWriter writer, JsonElement json, string name, bool required)
    {
        if ((required ? json.Get(name) : json.Find(name)) is { } value)
        {
            CopyMember(writer, name, value);
        }
    }

    private static void CopyMember(CanonicalJsonWriter writer, string name, JsonElement value)
    {
        writer.Name(System.Text.Encoding.UTF8.GetBytes(name));
        writer.Raw(CanonicalJson.Canonicalise(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value)));
    }

    /// <summary>Each entry without its source.</summary>
    private static void CopyEntries(CanonicalJsonWriter writer, JsonElement body, string name)
    {
        writer.Name(System.Text.Encoding.UTF8.GetBytes(name));
        writer.StartArray();
        foreach (var entry in body.Items(name))
        {
            writer.StartObject();
            foreach (var member in entry.EnumerateObject())
            {
                if (!member.NameEquals("source"))
                {
                    CopyMember(writer, member.Name, member.Value);
                }
            }

            writer.EndObject();
        }

        writer.EndArray();
    }
}
