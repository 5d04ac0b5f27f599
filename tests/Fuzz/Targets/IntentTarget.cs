using System.Text.Json;
using Gateway.Gait.Intents;
using Gateway.Policy.Canonical;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>An intent of Gait is read or every error is told, and its digest is that of its value, not of its spelling.</summary>
internal static class IntentTarget
{
    public static void Check(byte[] input)
    {
        var result = IntentReader.Read(input);
        Promise.Same(result.Intent is null, result.Errors.Count > 0, "There is an intent, or an error.");
        if (!result.TryGet(out var intent))
        {
            return;
        }

        var canonical = CanonicalJson.Canonicalise(input);
        using var document = JsonDocument.Parse(canonical);
        var indented = JsonSerializer.SerializeToUtf8Bytes(document.RootElement, Indented);
        foreach (var spelling in (byte[][])[canonical, indented])
        {
            Promise.That(IntentReader.Read(spelling).TryGet(out var again), "Another spelling is read too.");
            Promise.Same(IntentDigests.Compute(intent), IntentDigests.Compute(again!), "Another spelling has the same digest.");
            Promise.Same(IntentDigests.Args(intent), IntentDigests.Args(again!), "Another spelling has the same arguments.");
            Promise.Same(IntentDigests.ScriptHash(intent), IntentDigests.ScriptHash(again!), "Another spelling has the same steps.");
        }
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
