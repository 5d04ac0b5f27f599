using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>Reads a list of tools: the type of each one that the caller doesn't run itself goes to the hosted tools.</summary>
internal static class ToolReader
{
    private const int LongestType = 64;

    public static bool ReadList(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, bool typesNeeded)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return FieldReader.Malformed(ref draft, "tools", "must be a list");
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return FieldReader.Malformed(ref draft, "tools", "every entry must be an object");
            }

            if (!ReadTool(ref json, ref draft, dialect, typesNeeded))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ReadTool(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, bool typeNeeded)
    {
        var isTyped = false;
        var isHosted = false;
        var hasModel = false;
        while (json.ReadName())
        {
            if (json.Name.SequenceEqual("type"u8))
            {
                json.Read();
                isTyped = json.TokenType != JsonTokenType.Null;
                if (isTyped && !ReadType(ref json, ref draft, dialect, out isHosted))
                {
                    return false;
                }

                continue;
            }

            var isModel = json.Name.SequenceEqual("model"u8);
            if (
                !ContentReader.ReadMember(ref json, ref draft, dialect, dialect.Tools)
                || !ReadRest(ref json, ref draft, dialect, dialect.Tools)
            )
            {
                return false;
            }

            hasModel |= isModel && json.TokenType != JsonTokenType.Null;
        }

        return Judge(ref draft, isTyped || !typeNeeded, isHosted && hasModel);
    }

    private static bool Judge(ref BodyDraft draft, bool isTyped, bool hasOwnModel)
    {
        if (!isTyped)
        {
            return FieldReader.Malformed(ref draft, "tools", "every entry must have a type");
        }

        // The model that a hosted tool calls would be judged by nobody.
        return !hasOwnModel || draft.Refuse(ReasonCode.UnsupportedFeature, "tools: a hosted tool may not name a model of its own.");
    }

    private static bool ReadType(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, out bool isHosted)
    {
        isHosted = false;
        if (json.TokenType != JsonTokenType.String || json.ValueLength is 0 or > LongestType)
        {
            return FieldReader.Malformed(ref draft, "tools", $"a type must be a text of 1 to {LongestType} characters");
        }

        foreach (var own in dialect.CallersTools)
        {
            if (json.ValueEquals(own.Utf8))
            {
                return true;
            }
        }

        var type = json.GetString();
        isHosted = !dialect.IsRunByCaller(type);
        return !isHosted || draft.AddHostedTool(type);
    }

    // A member may have left the reader at the start of an object or list.
    public static bool ReadRest(ref StrictJsonReader json, ref BodyDraft draft, ModelDialect dialect, NameTable<NestedMeaning> members) =>
        json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)
        || ContentReader.ReadValue(ref json, ref draft, dialect, members);
}
