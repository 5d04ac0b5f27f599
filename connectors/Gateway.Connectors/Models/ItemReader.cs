using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>
/// Reads the Responses API's input. Some of its items stand for one that the provider keeps: one with nothing but an id, a thought
/// without its encrypted content, a picture without its data. The provider would look each up by its id, whoever's it is.
/// </summary>
internal static class ItemReader
{
    public static bool Read(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return ContentReader.ReadValue(ref json, ref draft, dialect, dialect.Content);
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var isRead =
                json.TokenType == JsonTokenType.StartObject
                    ? ReadItem(ref json, ref draft, dialect)
                    : FieldReader.Malformed(ref draft, "input", "every entry must be an object");
            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadItem(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect)
    {
        var item = default(Item);
        while (json.ReadName())
        {
            var member = MemberOf(json.Name);
            if (!ContentReader.ReadMember(ref json, ref draft, dialect, dialect.Content))
            {
                return false;
            }

            item.Note(member, json);
            if (
                json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                && !ContentReader.ReadValue(ref json, ref draft, dialect, dialect.Content)
            )
            {
                return false;
            }
        }

        return item.StandsForItself
            || draft.Refuse(
                ReasonCode.UnsupportedFeature,
                "input: an item must carry its content; what the provider keeps can't be used through Gateway."
            );
    }

    private static Member MemberOf(scoped ReadOnlySpan<byte> name) =>
        name.SequenceEqual("type"u8) ? Member.Type
        : name.SequenceEqual("role"u8) ? Member.Role
        : name.SequenceEqual("encrypted_content"u8) ? Member.EncryptedContent
        : name.SequenceEqual("result"u8) ? Member.Result
        : Member.Other;

    private enum Member
    {
        Other = 0,
        Type,
        Role,
        EncryptedContent,
        Result,
    }

    private struct Item
    {
        private bool _hasType;
        private bool _hasRole;
        private bool _hasEncryptedContent;
        private bool _hasResult;
        private bool _isReasoning;
        private bool _isImage;

        public readonly bool StandsForItself =>
            (_hasType || _hasRole) && (!_isReasoning || _hasEncryptedContent) && (!_isImage || _hasResult);

        public void Note(Member member, in StrictJsonReader json)
        {
            var isText = json.TokenType == JsonTokenType.String && json.ValueLength > 0;
            switch (member)
            {
                case Member.Type:
                    _hasType = isText;
                    _isReasoning = json.ValueEquals("reasoning"u8);
                    _isImage = json.ValueEquals("image_generation_call"u8);
                    break;
                case Member.Role:
                    _hasRole = isText;
                    break;
                case Member.EncryptedContent:
                    _hasEncryptedContent = isText;
                    break;
                case Member.Result:
                    _hasResult = isText;
                    break;
                case Member.Other:
                    break;
            }
        }
    }
}
