using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Models;

/// <summary>What one item of the Responses API's input carries, as far as it tells whether the provider would have to look it up.</summary>
internal struct InputItem
{
    private bool _hasType;
    private bool _hasRole;
    private bool _hasEncryptedContent;
    private bool _hasResult;
    private bool _isReasoning;
    private bool _isImage;

    public readonly bool StandsForItself => (_hasType || _hasRole) && (!_isReasoning || _hasEncryptedContent) && (!_isImage || _hasResult);

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
            case Member.Unknown:
                break;
        }
    }

    public static Member MemberOf(scoped ReadOnlySpan<byte> name) =>
        name.SequenceEqual("type"u8) ? Member.Type
        : name.SequenceEqual("role"u8) ? Member.Role
        : name.SequenceEqual("encrypted_content"u8) ? Member.EncryptedContent
        : name.SequenceEqual("result"u8) ? Member.Result
        : Member.Unknown;

    public enum Member
    {
        Unknown = 0,
        Type,
        Role,
        EncryptedContent,
        Result,
    }
}
