using System.Text.Json;

namespace Gateway.Evidence.Records;

/// <summary>The form of a decision that is recorded, out of its record: to be compared with that of one derived again.</summary>
internal static class RecordedForm
{
    /// <summary>Of the decision in a record's body; null where that has none.</summary>
    public static byte[]? Of(ReadOnlyMemory<byte> body)
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

    /// <summary>
    /// Whether the path of a form says what leaves. Where it doesn't and there was something to say, the decision was made before reads
    /// were judged by that; elsewhere it makes no difference.
    /// </summary>
    public static bool SaysSends(byte[] form)
    {
        using var document = JsonDocument.Parse(form);
        return document
            .RootElement.GetProperty("path")
            .EnumerateArray()
            .Any(entry =>
                entry.FindText("inputs") is { } inputs
                && inputs.StartsWith("level=", StringComparison.Ordinal)
                && inputs.Contains(" sends=", StringComparison.Ordinal)
            );
    }

    private static byte[] Of(JsonElement body) =>
        DecisionForm.Written(writer =>
        {
            writer.StartObject();
            writer.Copy(body, "approvals", required: false);
            writer.Copy(body, "approvals_needed", required: false);
            writer.Copy(body, "judged_level", required: true);
            writer.Copy(body, "obligations", required: true);
            writer.Copy(body, "opens_incident", required: false);
            writer.CopyEntries(body, "path");
            writer.Copy(body, "reasons", required: true);
            if (body.Find("rules") is not null)
            {
                writer.CopyEntries(body, "rules");
            }

            writer.Copy(body, "severity", required: true);
            writer.Copy(body, "verdict", required: true);
            writer.EndObject();
        });
}
