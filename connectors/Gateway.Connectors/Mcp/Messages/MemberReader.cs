using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Reads the members of one message, in one pass and without allocating. What isn't strict JSON throws <see cref="JsonException"/>;
/// anything else that is wrong is kept, the first of it, and reading goes on: only a text read to its end has an id that can be trusted.
/// </summary>
/// <param name="readsResult">Whether the message is a server's, the members of whose results are read. Those of a client's are of
/// methods that Gateway doesn't look into.</param>
internal struct MemberReader(bool readsResult)
{
    public MemberSlices Slices;

    /// <summary>The first thing that was wrong; null for nothing.</summary>
    public McpFault? Fault { get; private set; }

    /// <exception cref="JsonException">The text isn't strict JSON.</exception>
    public void ReadAll(ref StrictJsonReader reader, MemberScope scope)
    {
        if (!reader.Read())
        {
            throw new JsonException("There is no JSON.");
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader, scope);
        }
        else
        {
            Note(reader.TokenType == JsonTokenType.StartArray ? McpFaults.Batch : McpFaults.NotObject);
            reader.SkipValue();
        }

        while (reader.Read()) { }
    }

    /// <summary>Reads one of <c>inputRequests</c>, at whose value the reader stands; false where it can't be read in one way.</summary>
    /// <exception cref="JsonException">The text isn't strict JSON.</exception>
    public bool ReadAsked(ref StrictJsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.SkipValue();
            return false;
        }

        ReadObject(ref reader, MemberScope.Asked);
        return Fault is null;
    }

    /// <summary>Holds what only the whole message tells: version, kind and id.</summary>
    public void Check(ReadOnlySpan<byte> text, MessageKind kind)
    {
        if (!Slices[(int)McpMember.JsonRpc].TextEquals(text, "2.0"u8))
        {
            Note(McpFaults.Version);
        }

        if (kind == MessageKind.None)
        {
            Note(McpFaults.Kind);
        }

        CheckId(text, kind);

        var hasError = Slices[(int)McpMember.ErrorCode].IsPresent && Slices[(int)McpMember.ErrorMessage].IsPresent;
        if (kind == MessageKind.ErrorResponse && !hasError)
        {
            Note(McpFaults.ErrorShape);
        }
    }

    // A server that couldn't read a request's id answers without one, or with null as JSON-RPC itself has it.
    private void CheckId(ReadOnlySpan<byte> text, MessageKind kind)
    {
        ref var id = ref Slices[(int)McpMember.Id];
        var mayLack = readsResult && kind == MessageKind.ErrorResponse;
        if (mayLack && id.Of(text).SequenceEqual("null"u8))
        {
            id = default;
        }

        var mustHave = kind is MessageKind.Request or MessageKind.Response || (kind == MessageKind.ErrorResponse && !mayLack);
        if ((mustHave || id.IsPresent) && !TokenText.IsToken(id.Of(text)))
        {
            Note(McpFaults.Id);
        }
    }

    private void Note(McpFault fault) => Fault ??= fault;

    private void ReadObject(ref StrictJsonReader reader, MemberScope scope)
    {
        while (reader.ReadName())
        {
            if (!MemberTable.TryFind(scope, reader.Name, reader.NameHash, out var row))
            {
                NoteUnknown(scope, reader.Name);
                reader.Read();
                reader.SkipValue();
                continue;
            }

            reader.Read();
            var start = reader.TokenStart;
            var fits = ReadValue(ref reader, row);
            Slices[(int)row.Member] = new McpSlice(start, reader.TokenEnd - start);
            if (!fits)
            {
                Note(ShapeFault(scope));
            }
        }
    }

    private bool ReadValue(ref StrictJsonReader reader, MemberRow row)
    {
        var first = reader.TokenType;
        var fits = row.Shape switch
        {
            ValueShape.Any => true,
            ValueShape.Text => first == JsonTokenType.String,
            ValueShape.Object => first == JsonTokenType.StartObject,
            ValueShape.Array or ValueShape.Texts => first == JsonTokenType.StartArray,
            ValueShape.Boolean => first is JsonTokenType.True or JsonTokenType.False,
            ValueShape.Integer => first == JsonTokenType.Number && TokenText.IsInteger(reader.Token.ValueSpan),
            ValueShape.Token => first == JsonTokenType.Number
                ? TokenText.IsInteger(reader.Token.ValueSpan)
                : first == JsonTokenType.String && reader.ValueLength is > 0 and <= TokenText.Longest,
            ValueShape.None => false,
        };
        if (fits && row.Shape == ValueShape.Texts)
        {
            return SkipTexts(ref reader);
        }

        if (fits && row.Inner != MemberScope.None && (readsResult || row.Inner != MemberScope.Result))
        {
            ReadObject(ref reader, row.Inner);
        }
        else
        {
            reader.SkipValue();
        }

        return fits;
    }

    private static bool SkipTexts(ref StrictJsonReader reader)
    {
        var fits = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            fits &= reader.TokenType == JsonTokenType.String;
            reader.SkipValue();
        }

        return fits;
    }

    private void NoteUnknown(MemberScope scope, scoped ReadOnlySpan<byte> name)
    {
        if (MemberTable.IsSpelling(scope, name))
        {
            Note(McpFaults.Spelling);
        }
        else if (scope is MemberScope.Message)
        {
            Note(McpFaults.Unknown);
        }
    }

    private static McpFault ShapeFault(MemberScope scope) =>
        scope switch
        {
            MemberScope.Message => McpFaults.Shape,
            MemberScope.Error => McpFaults.ErrorShape,
            MemberScope.Result => McpFaults.Result,
            MemberScope.None or MemberScope.Params or MemberScope.Ref or MemberScope.Filter or MemberScope.Meta or MemberScope.Asked =>
                McpFaults.Params,
        };
}
