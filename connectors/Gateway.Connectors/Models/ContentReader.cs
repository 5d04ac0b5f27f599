using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Goes through content or tools: counts the text, and looks at every name for references to what the provider keeps and for credentials.
/// The reader stands at the start of the value and leaves at its end.
/// </summary>
internal static class ContentReader
{
    public static bool ReadValue(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, NameTable<NestedMeaning> names)
    {
        var depth = json.Depth;
        do
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                draft.BeginObject(json.Depth + 1);
            }
            else if (json.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
                draft.CountValue(json.ValueLength);
            }
            else if (json.TokenType == JsonTokenType.PropertyName && !ReadMember(ref json, ref draft, dialect, names))
            {
                return false;
            }
        } while (json.Depth > depth || IsStart(json, depth) ? json.Read() : false);

        return true;
    }

    /// <summary>
    /// Reads one member from its name to the end of its value, unless the value is an object or list to look into: then to its start.
    /// </summary>
    public static bool ReadMember(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, NameTable<NestedMeaning> names)
    {
        if (!names.TryFind(json.Name, json.NameHash, out var meaning, out var name))
        {
            return Enter(ref json, ref draft);
        }

        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        return meaning switch
        {
            NestedMeaning.None => true,
            NestedMeaning.State => Kept(ref draft, name),
            NestedMeaning.StateIfText => json.TokenType != JsonTokenType.String || Kept(ref draft, name),
            NestedMeaning.Credentials => draft.Refuse(
                ReasonCode.ProviderCredentialsInRequest,
                $"{name}: credentials may not be sent to a provider."
            ),
            NestedMeaning.Free => Skip(ref json, ref draft),
            NestedMeaning.Media => CountMedia(ref json, ref draft),
            NestedMeaning.Tools => ToolReader.ReadList(ref json, ref draft, dialect, typesNeeded: false),
            NestedMeaning.Kind => CheckKind(ref json, ref draft, dialect),
        };
    }

    private static bool IsStart(in StrictJsonReader json, int depth) =>
        json.Depth == depth && json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;

    private static bool Kept(ref BodyDraft draft, string name) =>
        draft.Refuse(ReasonCode.UnsupportedFeature, $"{name}: what the provider keeps can't be used through Gateway.");

    private static bool Enter(ref StrictJsonReader json, ref BodyDraft draft)
    {
        json.Read();
        if (json.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            draft.CountValue(json.ValueLength);
        }

        return true;
    }

    private static bool Skip(ref StrictJsonReader json, ref BodyDraft draft)
    {
        draft.CountText(json.SkipValue());
        return true;
    }

    private static bool CountMedia(ref StrictJsonReader json, ref BodyDraft draft)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return true;
        }

        // A document given as plain text stands where others have a file in base64.
        if (draft.IsTextAt(json.Depth) || IsTextLater(json.Token))
        {
            draft.CountText(json.ValueLength);
        }
        else
        {
            draft.CountMedia(json.ValueLength);
        }

        return true;
    }

    /// <summary>Whether the object that the reader is in says behind this member that it is text.</summary>
    private static bool IsTextLater(Utf8JsonReader ahead)
    {
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isType = ahead.ValueTextEquals("type"u8);
            ahead.Read();
            if (isType)
            {
                return ahead.TokenType == JsonTokenType.String && ahead.ValueTextEquals("text"u8);
            }

            ahead.Skip();
        }

        return false;
    }

    private static bool CheckKind(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect)
    {
        if (json.ValueEquals("text"u8))
        {
            draft.NoteText(json.Depth);
        }

        foreach (var kind in dialect.RefusedKinds)
        {
            if (json.ValueEquals(kind.Utf8))
            {
                return Kept(ref draft, kind.Text);
            }
        }

        return true;
    }
}
