using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads the Responses API's input. Some of its items stand for one that the provider keeps: one with nothing but an id, a thought without
/// its encrypted content, a picture without its data, anything else with an id and without its content. The provider would look each up by
/// its id, whoever's it is; so it must be one that the agent was given.
/// </summary>
internal static class ItemReader
{
    public static bool Read(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, string field)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return ContentReader.ReadValue(ref json, ref draft, dialect, dialect.Content);
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var isRead =
                json.TokenType == JsonTokenType.StartObject
                    ? ReadItem(ref json, ref draft, dialect, field)
                    : FieldReader.Malformed(ref draft, field, "every entry must be an object");
            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadItem(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, string field)
    {
        var item = default(InputItem);
        while (json.ReadName())
        {
            item.Note(in json);
            if (IsReference(in json))
            {
                json.Read();
                continue;
            }

            if (
                !ContentReader.ReadMember(ref json, ref draft, dialect, dialect.Content)
                || !ToolReader.ReadRest(ref json, ref draft, dialect, dialect.Content)
            )
            {
                return false;
            }
        }

        return !item.StandsForItself ? AddReferences(item, ref draft, field)
            : OwnedIds.IsSealed(item.Id) ? draft.AddReference(item.Id!)
            : !item.HasId || draft.NoteGivenId(item.Id ?? "");
    }

    /// <summary>An item that is nothing but the id of another. Deeper inside, nobody knows what it would be.</summary>
    private static bool IsReference(in StrictJsonReader json)
    {
        var value = json.Token; // A copy, which goes ahead.
        return json.Name.SequenceEqual("type"u8)
            && value.Read()
            && value.TokenType == JsonTokenType.String
            && value.ValueTextEquals("item_reference"u8);
    }

    private static bool AddReferences(in InputItem item, ref BodyDraft draft, string field)
    {
        if (item.Id is null && item.ApprovalRequestId is null)
        {
            return draft.Refuse(
                ReasonCode.UnsupportedFeature,
                $"{field}: an item must carry its content, or the id under which it is kept."
            );
        }

        return (item.Id is null || draft.AddReference(item.Id))
            && (item.ApprovalRequestId is null || draft.AddReference(item.ApprovalRequestId));
    }
}
