using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Gateway.Policy.Canonical;

namespace Gateway.Policy.Rules.Intents;

/// <summary>A JSON object that two readers can't take for two things.</summary>
public static class StrictDocument
{
    /// <summary>False for anything but one I-JSON object. The caller disposes the document.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        var canonical = new ArrayBufferWriter<byte>();
        if (json.Length > IntentReader.MaxBytes || !CanonicalJson.TryCanonicalise(json, canonical, out _))
        {
            return false;
        }

        document = JsonDocument.Parse(canonical.WrittenMemory);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        document.Dispose();
        document = null;
        return false;
    }
}
