using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// Looks through all names and strings of a definition, at any depth and with escapes undone: for hidden text, and for references out of
/// it. A reference is a string named <c>$ref</c>, <c>$dynamicRef</c> or <c>$recursiveRef</c>; it is local where it begins with <c>#</c>.
/// </summary>
public static class DefinitionCheck
{
    /// <param name="listed">An object that <see cref="StrictJson"/> accepts.</param>
    /// <returns>Sound, or the worse of what was found: hidden text before a reference.</returns>
    public static DefinitionFinding Look(ListKind kind, ReadOnlySpan<byte> listed)
    {
        var (isMeta, isReference, isOwnName, finding) = (false, false, false, DefinitionFinding.Sound);
        var reader = new Utf8JsonReader(listed, new JsonReaderOptions { MaxDepth = StrictJsonReader.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                isMeta = reader.CurrentDepth == 1 ? reader.ValueTextEquals("_meta"u8) : isMeta;
                isOwnName = reader.CurrentDepth == 1 && reader.ValueTextEquals(ListShape.NameOf(kind));
                isReference = !isMeta && IsReference(reader);
            }

            if (
                reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String
                && IsHidden(reader, isName: isOwnName || reader.TokenType == JsonTokenType.PropertyName)
            )
            {
                return DefinitionFinding.HiddenText;
            }

            if (reader.TokenType == JsonTokenType.String && isReference && !StartsLocally(reader))
            {
                finding = DefinitionFinding.ExternalRef;
            }

            isReference &= reader.TokenType == JsonTokenType.PropertyName;
        }

        return finding;
    }

    /// <summary>Whether a JSON string has text that people don't see; true for what is no string.</summary>
    public static bool IsHiddenText(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return !reader.Read() || reader.TokenType != JsonTokenType.String || IsHidden(reader, isName: false);
    }

    private static bool IsReference(in Utf8JsonReader reader) =>
        reader.ValueTextEquals("$ref"u8) || reader.ValueTextEquals("$dynamicRef"u8) || reader.ValueTextEquals("$recursiveRef"u8);

    private static bool StartsLocally(in Utf8JsonReader reader) =>
        (reader.ValueIsEscaped ? JsonTexts.Unescape(reader) : reader.ValueSpan) is [(byte)'#', ..];

    private static bool IsHidden(in Utf8JsonReader reader, bool isName) =>
        HiddenText.IsIn(reader.ValueIsEscaped ? JsonTexts.Unescape(reader) : reader.ValueSpan, isName);
}
