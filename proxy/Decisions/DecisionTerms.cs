using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Canonical;

namespace Gateway.Proxy.Decisions;

/// <summary>A decision's obligations as a token says them.</summary>
internal static class DecisionTerms
{
    private static readonly JsonElement None = JsonDocument.Parse("{}").RootElement;

    public static JsonElement Of(Policy.Model.Obligations obligations)
    {
        if (obligations == Policy.Model.Obligations.None)
        {
            return None; // Nearly always.
        }

        var json = new ArrayBufferWriter<byte>(128);
        ObligationForm.Write(new CanonicalJsonWriter(json), obligations);
        return JsonElement.Parse(json.WrittenSpan);
    }
}
