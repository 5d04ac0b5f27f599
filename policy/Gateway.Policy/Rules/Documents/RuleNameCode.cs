using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>A rule's name as part of a reason code: lower case, space and <c>-</c> as <c>_</c>, what JSON escapes escaped.</summary>
internal static class RuleNameCode
{
    public static string Of(string name)
    {
        if (name.Length == 0)
        {
            return "rule";
        }

        var text = JsonSerializer.Serialize(name, JsonOptions).Trim('"');
        return text.Replace(' ', '_').Replace('-', '_').ToLowerInvariant();
    }

    // Letters of any language stay as they are, as the codes of other implementations have them.
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
