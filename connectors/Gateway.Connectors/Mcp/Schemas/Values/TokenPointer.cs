using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Schemas.Values;

/// <summary>Where a token stands, as a JSON pointer (RFC 6901), found only when somebody is told: nothing keeps the way to it.</summary>
internal static class TokenPointer
{
    private const int MaxLength = 256;

    /// <summary>Of a name, the pointer to its value. Unseen characters are spelt out, and a long pointer ends in an ellipsis.</summary>
    public static string Of(in JsonView json, int token)
    {
        var pointer = new StringBuilder();
        for (var at = 0; at != token; )
        {
            var (child, index) = (at + 1, 0);
            while (End(in json, at, child) <= token)
            {
                (child, index) = (End(in json, at, child), index + 1);
            }

            var isMember = json[at].Kind == JsonTokenType.StartObject;
            pointer.Append('/').Append(isMember ? Name(json.Bytes(child)) : index.ToString(CultureInfo.InvariantCulture));
            at = isMember && child != token ? child + 1 : child;
        }

        return pointer.Length <= MaxLength ? pointer.ToString() : pointer.ToString(0, MaxLength) + "…";
    }

    private static int End(in JsonView json, int container, int child) =>
        json[container].Kind == JsonTokenType.StartObject ? json[child + 1].Next : json[child].Next;

    private static string Name(ReadOnlySpan<byte> name)
    {
        var shown = name.Length <= MaxLength ? name : name[..MaxLength]; // Cutting a character apart leaves a U+FFFD.
        var text = VisibleText.Of(Encoding.UTF8.GetString(shown));
        return text.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}
